import path from "node:path";
import { writeReport, type Report, type TestResult } from "@rehearse/rehearsal";
import { renderTerminal, reportFiles } from "@rehearse/report";
import { styleOf, type Output } from "./output.ts";
import type { ReportFormat } from "./report-formats.ts";

/** Where a command that prints a report tells of its progress: what a program reads has standard output to itself. */
export function talkBeside(format: ReportFormat, output: Output): Output {
  return format === "terminal" ? output : { ...output, stdout: output.stderr };
}

/** Writes the report's files, and prints the one that is asked for; on a terminal, where asked, with how each dataset was compared. */
export async function printReport(
  { report, scenario }: { readonly report: Report; readonly scenario: TestResult["scenario"] },
  { format, output, explain }: { readonly format: ReportFormat; readonly output: Output; readonly explain: boolean },
): Promise<void> {
  const files = reportFiles(report);
  const folder = await writeReport(scenario, files);
  const page = { ...styleOf(output), explain, reportFile: path.relative("", path.join(folder, "report.html")) };
  const printed = {
    json: files["report.json"],
    markdown: files["report.md"],
    html: files["report.html"],
    junit: files["junit.xml"],
    terminal: `\n${renderTerminal(report, page)}`,
  };
  output.stdout.write(printed[format]);
}
