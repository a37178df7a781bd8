import type { Report } from "@rehearse/rehearsal";
import { commentMarker } from "./comment-marker.ts";
import { markdownPage } from "./markdown-page.ts";

/** What GitHub takes as a comment. */
const limit = 65_536;

const sizes = [
  { rows: 5, columns: 20, cell: 100, lines: 20 },
  { rows: 20, columns: 40, cell: 200, lines: 40 },
];

/** What a comment says that its report does not. */
export interface MarkdownContext {
  /** The commit to name in place of the one that was checked out, such as the head of a pull request of which a merge was: by it readers see whether the comment is about what they look at. */
  readonly commit?: string | null;
}

/** The report as a comment on a pull request, its marker first. Never longer than 65,536 bytes: what does not fit is said, not cut. */
export function renderMarkdown(report: Report, { commit = null }: MarkdownContext = {}): string {
  return markdownPage(report, { limit, sizes, before: `${commentMarker(report.scenario)}\n`, after: "", commit });
}
