import { RehearseError } from "@rehearse/errors";
import { rehearseCommand } from "@rehearse/process";
import { planScenario, testScenario, type PlanRequest, type ProviderName, type TestResult } from "@rehearse/rehearsal";
import { connectionLines } from "@rehearse/report";
import type { Output } from "../output.ts";
import { printReport, talkBeside } from "../print-report.ts";
import { progressPrinter } from "../progress-printer.ts";
import type { ReportFormat } from "../report-formats.ts";

export interface TestOptions {
  readonly provider: ProviderName;
  readonly keep: boolean;
  readonly against: string;
  readonly noise: boolean;
  readonly only?: string;
  readonly format: ReportFormat;
  readonly explain: boolean;
  readonly dryRun: boolean;
}

/** `rehearse test`: the whole rehearsal of one scenario, with its report. */
export async function testCommand(
  scenario: string,
  options: TestOptions,
  { output, signal }: { readonly output: Output; readonly signal: AbortSignal },
): Promise<number> {
  const { provider, keep, against, noise, only = null, format } = options;
  if (options.dryRun) return dryRun({ path: scenario, against, noise, only }, format, output);
  const talk = talkBeside(format, output);
  const base = output.env["GITHUB_BASE_REF"] ?? "";
  const result = await testScenario({
    path: scenario,
    provider,
    keep,
    against,
    noise,
    only,
    mergesInto: base === "" ? [] : [`origin/${base}`, base],
    signal,
    progress: progressPrinter(talk),
  });
  await printReport(result, { format, output, explain: options.explain });
  if (result.kept !== null) talk.stdout.write(connectionLines(result.kept, `${rehearseCommand()} down ${scenario}`));
  return exitCode(result, { down: `${rehearseCommand()} down ${scenario}`, output });
}

async function dryRun(request: PlanRequest, format: ReportFormat, output: Output): Promise<number> {
  if (format !== "terminal") {
    throw new RehearseError({
      code: "USAGE",
      message: `--dry-run prints a plan, and there is no plan as ${format}`,
      expected: "--dry-run alone",
      got: `--dry-run with --format ${format}`,
      hint: "Leave out --format (or --json) to read the plan, or --dry-run to get the report.",
    });
  }
  output.stdout.write(await planScenario(request));
  return 0;
}

/** A rehearsal that leaves something behind has not ended well, whatever it found. */
function exitCode(
  { exitCode: judged, report, kept }: TestResult,
  { down, output }: { readonly down: string; readonly output: Output },
): number {
  const left = report.teardown?.left ?? 0;
  if (left === 0 || kept !== null) return judged;
  output.stderr.write(`✗ TEARDOWN_INCOMPLETE: ${left} left: ${report.teardown?.leftovers.join(", ")}\n  next      ${down}\n`);
  return 3;
}
