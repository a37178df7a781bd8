import { parseDocument, type ErrorCode, type YAMLError } from "yaml";
import { describe, type Finding, type Path } from "../finding.ts";
import type { Position } from "../scenario.ts";
import { locate } from "./locate.ts";
import { nodeFindings } from "./node-findings.ts";

/** A syntax error: there is no path yet, only a place. */
export interface SyntaxProblem extends Position {
  readonly message: string;
  readonly expected: string;
  readonly got: string;
}

/** The text of a file as a plain value, with the places of all that is in it. Whole numbers are bigint. */
export interface YamlSource {
  readonly plain: unknown;
  /** YAML that is well-formed and still says something else than its reader believes. */
  readonly findings: readonly Finding[];
  /** The place of the key or value at a path; of the nearest thing around it where there is none. */
  readonly positionOf: (path: Path, at?: "key" | "value") => Position;
}

/** The faults that happen most, in words that say what to write. */
const syntaxWords: Partial<Record<ErrorCode, Pick<SyntaxProblem, "message" | "expected">>> = {
  TAB_AS_INDENT: { message: "a tab is used as indentation", expected: "spaces" },
  MULTIPLE_DOCS: { message: "a second document begins", expected: 'one document: no line "---" after the first' },
  BLOCK_AS_IMPLICIT_KEY: { message: 'a second ": " in one line', expected: 'quotes around text that has ": " in it' },
  BAD_SCALAR_START: { message: "text starts with a character that YAML reserves", expected: "quotes around the text" },
};

/** Reads YAML 1.2. Text that is not YAML has only syntax problems. */
export function readYaml(text: string): YamlSource | readonly SyntaxProblem[] {
  const document = parseDocument(text, {
    intAsBigInt: true,
    // Duplicates are found by our own rule, which names them by their path.
    uniqueKeys: false,
    prettyErrors: false,
    logLevel: "error",
  });
  const positionAt = positionsIn(text);
  const all = [...document.errors, ...document.warnings];
  const tabs = all.filter(({ code }) => code === "TAB_AS_INDENT");
  // A tab makes the lines below it look wrong as well.
  const faults = tabs.length > 0 ? tabs : all;
  if (faults.length > 0) return faults.map((fault) => syntaxProblem(fault, text, positionAt(fault.pos[0])));
  const findings = nodeFindings(document);
  return {
    plain: findings.some((finding) => finding.fatal) ? undefined : document.toJS({ maxAliasCount: -1 }),
    findings,
    positionOf: (path, at = "value") => positionAt(locate(document, path, at)),
  };
}

export function isYaml(read: YamlSource | readonly SyntaxProblem[]): read is YamlSource {
  return "plain" in read;
}

function syntaxProblem(fault: YAMLError, text: string, position: Position): SyntaxProblem {
  const line = text.split("\n")[position.line - 1] ?? "";
  return {
    ...position,
    ...(syntaxWords[fault.code] ?? { message: `not valid YAML: ${fault.message}`, expected: "YAML 1.2" }),
    got: fault.pos[0] >= text.trimEnd().length ? "the end of the file" : describe(line.trim()),
  };
}

/** Our own count of lines: the library's loses some after a syntax error. */
function positionsIn(text: string): (offset: number) => Position {
  const starts = [0, ...text.matchAll(/\n/g).map((newline) => newline.index + 1)];
  return (offset) => {
    const line = starts.findLastIndex((start) => start <= offset);
    return { line: line + 1, column: offset - (starts[line] ?? 0) + 1 };
  };
}
