import path from "node:path";
import { exportRows } from "@rehearse/rehearsal";
import { plural } from "@rehearse/report";
import type { Output } from "../output.ts";
import { writeLines } from "../write-lines.ts";

export interface ExportOptions {
  /** `latest`, `reference`, or the id of a run. */
  readonly run: string;
  /** Undefined: `<dataset>.parquet` in the current folder. */
  readonly output?: string;
  readonly json: boolean;
}

/** `rehearse export`: the rows of a dataset as a file for other tools. */
export async function exportCommand(
  { name, scenario, ...options }: ExportOptions & { readonly name: string; readonly scenario: string },
  { output }: { readonly output: Output },
): Promise<number> {
  const file = options.output ?? `${name.slice(name.indexOf("/") + 1)}.parquet`;
  const exported = await exportRows({ path: scenario, name, from: options.run, file });
  if (options.json) output.stdout.write(`${JSON.stringify(exported, null, 2)}\n`);
  else
    writeLines(output, [
      `  ✓ ${plural(exported.rows, "row")} of ${exported.run ?? "the reference"} in ${path.relative("", exported.file)}`,
    ]);
  return 0;
}
