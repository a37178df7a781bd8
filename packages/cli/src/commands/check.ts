import { checkRun } from "@rehearse/rehearsal";
import type { Output } from "../output.ts";
import { printReport, talkBeside } from "../print-report.ts";
import { progressPrinter } from "../progress-printer.ts";
import type { ReportFormat } from "../report-formats.ts";

export interface CheckOptions {
  readonly run?: string;
  readonly against?: string;
  readonly format: ReportFormat;
  readonly explain: boolean;
}

/** `rehearse check`: the verdict on a run that is over, under today's rules. */
export async function checkCommand(
  scenario: string,
  { format, explain, ...options }: CheckOptions,
  { output, signal }: { readonly output: Output; readonly signal: AbortSignal },
): Promise<number> {
  const result = await checkRun({ path: scenario, ...options, signal, progress: progressPrinter(talkBeside(format, output)) });
  await printReport(result, { format, output, explain });
  return result.exitCode;
}
