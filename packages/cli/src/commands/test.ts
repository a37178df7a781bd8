import path from "node:path";
import { planScenario, testScenario, writeReport, type Progress, type TestResult } from "@rehearse/rehearsal";
import { renderHtml, renderJson, renderMarkdown, renderTerminal } from "@rehearse/report";
import { connectionLines } from "../connection-lines.ts";
import { styleOf, type Output } from "../output.ts";
import { progressPrinter } from "../progress-printer.ts";

export interface TestOptions {
  readonly keep: boolean;
  readonly json: boolean;
  readonly dryRun: boolean;
}

/** `rehearse test`: the whole rehearsal of one scenario, with its report. */
export async function testCommand(
  scenario: string,
  options: TestOptions,
  { output, signal }: { readonly output: Output; readonly signal: AbortSignal },
): Promise<number> {
  if (options.dryRun) {
    output.stdout.write(await planScenario(scenario));
    return 0;
  }
  const silent: Progress = () => {};
  const printer = options.json ? undefined : progressPrinter(output);
  const result = await testScenario({ path: scenario, keep: options.keep, signal, progress: printer ?? silent });
  const { report } = result;
  const files = { "report.json": renderJson(report), "report.md": renderMarkdown(report), "report.html": renderHtml(report) };
  const folder = await writeReport(result.scenario, files);
  if (options.json) output.stdout.write(files["report.json"]);
  else
    output.stdout.write(
      `\n${renderTerminal(report, { ...styleOf(output), reportFile: path.relative("", path.join(folder, "report.html")) })}`,
    );
  if (result.kept !== null && !options.json) output.stdout.write(connectionLines(result.kept, scenario));
  return exitCode(result, output);
}

/** A rehearsal that leaves something behind has not ended well, whatever it found. */
function exitCode({ exitCode: judged, report, kept }: TestResult, output: Output): number {
  const left = report.teardown?.left ?? 0;
  if (left === 0 || kept !== null) return judged;
  output.stderr.write(`✗ TEARDOWN_INCOMPLETE: ${left} left: ${report.teardown?.leftovers.join(", ")}\n  next      rehearse down\n`);
  return 3;
}
