import { LineCounter, parseDocument, type Document } from "yaml";
import type { Finding, Path } from "../finding.ts";
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

/** Reads YAML 1.2. Text that is not YAML has only syntax problems. */
export function readYaml(text: string): YamlSource | readonly SyntaxProblem[] {
  const lines = new LineCounter();
  const document = parseDocument(text, {
    lineCounter: lines,
    intAsBigInt: true,
    // Duplicates are found by our own rule, which can name the first one.
    uniqueKeys: false,
    prettyErrors: false,
    logLevel: "error",
  });
  const syntax = syntaxProblems(text, { document, lines });
  if (syntax.length > 0) return syntax;
  const findings = [...nodeFindings(document)];
  return {
    plain: findings.some((finding) => finding.fatal) ? undefined : document.toJS({ maxAliasCount: -1 }),
    findings,
    positionOf: (path, at = "value") => positionAt(lines, locate(document, path, at)),
  };
}

export function isYaml(read: YamlSource | readonly SyntaxProblem[]): read is YamlSource {
  return "plain" in read;
}

function syntaxProblems(text: string, parsed: { readonly document: Document.Parsed; readonly lines: LineCounter }): SyntaxProblem[] {
  return [...parsed.document.errors, ...parsed.document.warnings].map((error) => {
    const position = positionAt(parsed.lines, error.pos[0]);
    const line = text.split(/\r?\n/)[position.line - 1] ?? "";
    return {
      ...position,
      message: error.code === "TAB_AS_INDENT" ? "a tab is used as indentation" : `not valid YAML: ${error.message}`,
      expected: error.code === "TAB_AS_INDENT" ? "spaces" : "YAML 1.2",
      got: line.trim() === "" ? "an empty line" : JSON.stringify(line.trim().slice(0, 80)),
    };
  });
}

function positionAt(lines: LineCounter, offset: number): Position {
  const { line, col } = lines.linePos(offset);
  return { line: Math.max(line, 1), column: Math.max(col, 1) };
}
