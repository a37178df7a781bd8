import { RehearseError } from "@rehearse/errors";
import { compareFiles, leastMegabytes } from "@rehearse/rehearsal";
import { renderTerminal, reportFiles } from "@rehearse/report";
import { styleOf, type Output } from "../output.ts";
import { talkBeside } from "../print-report.ts";
import { progressPrinter } from "../progress-printer.ts";
import type { ReportFormat } from "../report-formats.ts";

export interface DiffOptions {
  readonly key: readonly string[];
  readonly ignore: readonly string[];
  readonly type: readonly string[];
  readonly delimiter?: string;
  readonly examples: string;
  readonly memory?: string;
  readonly explain: boolean;
  readonly format: ReportFormat;
}

/** `rehearse diff`: compares two files, folders of files or datasets, and prints the report; no file of it is written. */
export async function diffCommand(
  [reference, current]: readonly [string, string],
  { key, ignore, format, explain, ...options }: DiffOptions,
  { output, argv, signal }: { readonly output: Output; readonly argv: readonly string[]; readonly signal: AbortSignal },
): Promise<number> {
  const { report, exitCode } = await compareFiles({
    reference,
    current,
    key,
    ignore,
    columns: {},
    types: declaredTypes(options.type),
    delimiter: oneLetter(options.delimiter),
    examples: wholeNumber("--examples", options.examples),
    memoryMegabytes: megabytes(options.memory),
    command: ["rehearse", ...argv.map(shellWord)].join(" "),
    signal,
    progress: progressPrinter(talkBeside(format, output)),
  });
  const files = reportFiles(report);
  const printed = {
    json: files["report.json"],
    markdown: files["report.md"],
    html: files["report.html"],
    junit: files["junit.xml"],
    terminal: `\n${renderTerminal(report, { ...styleOf(output), explain })}`,
  };
  output.stdout.write(printed[format]);
  return exitCode;
}

function declaredTypes(texts: readonly string[]): Record<string, string> {
  const types = new Map<string, string>();
  for (const [column, type] of texts.map(declaredType)) {
    const other = types.get(column) ?? type;
    if (other !== type)
      throw usage({ message: `--type gives the column ${column} two types`, expected: "one of them", got: `${other}, ${type}` });
    types.set(column, type);
  }
  return Object.fromEntries(types);
}

function declaredType(text: string): [string, string] {
  const at = text.lastIndexOf("=");
  if (at > 0) return [text.slice(0, at), text.slice(at + 1)];
  throw usage({ message: "--type names no column and type", expected: "such as --type amount=decimal(10,2)", got: text });
}

function oneLetter(text: string | undefined): string | undefined {
  const delimiter = text === String.raw`\t` ? "\t" : text;
  if (delimiter === undefined || (delimiter.length === 1 && !'"\r\n'.includes(delimiter))) return delimiter;
  throw usage({
    message: "--delimiter is not one letter",
    expected: String.raw`one letter, such as ; or \t, neither quote nor line break`,
    got: delimiter,
  });
}

function wholeNumber(option: string, text: string): number {
  if (/^\d{1,6}$/.test(text)) return Number(text);
  throw usage({ message: `${option} is no number of rows`, expected: "a whole number up to 999999", got: text });
}

function megabytes(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const [, amount, unit] = /^(\d{1,6})(MB|GB)$/i.exec(text) ?? [];
  const size = Number(amount) * (unit?.toUpperCase() === "GB" ? 1000 : 1);
  if (size >= leastMegabytes) return size;
  throw usage({
    message: "--memory is no size that it can work in",
    expected: `such as 512MB or 2GB, at least ${leastMegabytes}MB`,
    got: text,
  });
}

function usage(failure: { message: string; expected: string; got: string }): RehearseError {
  return new RehearseError({ code: "USAGE", ...failure, hint: "rehearse diff --help" });
}

/** A word as a shell takes it. */
function shellWord(word: string): string {
  return /^[\w./:=,@%+-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`;
}
