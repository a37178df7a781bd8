import path from "node:path";
import type { Check, Report } from "@rehearse/rehearsal";
import { checkSentence, checkTitle } from "@rehearse/report";

/** A remark on a line of the repository, or on the run as a whole. */
export interface Annotation {
  readonly level: "error" | "warning";
  readonly title: string;
  readonly message: string;
  /** `file` is relative to the workspace. Null where it is about no line of it. */
  readonly place: { readonly file: string; readonly line: number } | null;
}

export interface AnnotatedFile {
  /** Absolute. */
  readonly file: string;
  readonly workspace: string;
}

/** The longest that GitHub shows, in UTF-16 units. */
const longest = { title: 200, message: 4096 };

/** A remark for each check that needs a look, on its line of rehearse.yml. */
export function annotationsOf(report: Report, { file, workspace }: AnnotatedFile): Annotation[] {
  const relative = path.relative(workspace, file);
  const inside = !relative.startsWith("..") && !path.isAbsolute(relative);
  return report.checks.flatMap((check) => {
    const level = levelOf(check);
    if (level === null) return [];
    return annotation({
      level,
      title: checkTitle(check),
      message: checkSentence(check),
      place: inside ? { file: relative.replaceAll(path.sep, "/"), line: check.line } : null,
    });
  });
}

/** An annotation with texts as long as GitHub shows them. */
export function annotation({ level, title, message, place }: Annotation): Annotation {
  return { level, title: clipped(title, longest.title), message: clipped(message, longest.message), place };
}

function levelOf({ verdict }: Check): Annotation["level"] | null {
  if (verdict === "different" || verdict === "failed") return "error";
  return verdict === "not compared" || verdict === "inconclusive" ? "warning" : null;
}

function clipped(text: string, limit: number): string {
  return text.length <= limit
    ? text.toWellFormed()
    : `${text
        .slice(0, limit - 1)
        .replace(/[\uD800-\uDBFF]$/, "")
        .toWellFormed()}…`;
}
