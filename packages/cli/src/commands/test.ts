import path from "node:path";
import { RehearseError } from "@rehearse/errors";
import { planScenario, testScenario, writeReport, type ProviderName, type TestResult } from "@rehearse/rehearsal";
import { connectionLines, renderTerminal, reportFiles } from "@rehearse/report";
import { styleOf, type Output } from "../output.ts";
import { progressPrinter } from "../progress-printer.ts";
import type { ReportFormat } from "../report-formats.ts";

export interface TestOptions {
  readonly provider: ProviderName;
  readonly keep: boolean;
  readonly format: ReportFormat;
  readonly dryRun: boolean;
}

/** `rehearse test`: the whole rehearsal of one scenario, with its report. */
export async function testCommand(
  scenario: string,
  options: TestOptions,
  { output, signal }: { readonly output: Output; readonly signal: AbortSignal },
): Promise<number> {
  if (options.dryRun) return dryRun(scenario, options.format, output);
  // What a program reads has standard output to itself.
  const talk: Output = options.format === "terminal" ? output : { ...output, stdout: output.stderr };
  const result = await testScenario({
    path: scenario,
    provider: options.provider,
    keep: options.keep,
    signal,
    progress: progressPrinter(talk),
  });
  const { report } = result;
  const files = reportFiles(report);
  const folder = await writeReport(result.scenario, files);
  const page = { ...styleOf(output), reportFile: path.relative("", path.join(folder, "report.html")) };
  const printed = {
    json: files["report.json"],
    markdown: files["report.md"],
    html: files["report.html"],
    junit: files["junit.xml"],
    terminal: `\n${renderTerminal(report, page)}`,
  };
  output.stdout.write(printed[options.format]);
  if (result.kept !== null) talk.stdout.write(connectionLines(result.kept, scenario));
  return exitCode(result, output);
}

async function dryRun(scenario: string, format: ReportFormat, output: Output): Promise<number> {
  if (format !== "terminal") {
    throw new RehearseError({
      code: "USAGE",
      message: `--dry-run prints a plan, and there is no plan as ${format}`,
      expected: "--dry-run alone",
      got: `--dry-run with --format ${format}`,
      hint: "Leave out --format (or --json) to read the plan, or --dry-run to get the report.",
    });
  }
  output.stdout.write(await planScenario(scenario));
  return 0;
}

/** A rehearsal that leaves something behind has not ended well, whatever it found. */
function exitCode({ exitCode: judged, report, kept }: TestResult, output: Output): number {
  const left = report.teardown?.left ?? 0;
  if (left === 0 || kept !== null) return judged;
  output.stderr.write(`✗ TEARDOWN_INCOMPLETE: ${left} left: ${report.teardown?.leftovers.join(", ")}\n  next      rehearse down\n`);
  return 3;
}
