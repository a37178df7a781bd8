import { Option, type Command } from "commander";
import type { DiffOptions } from "./commands/diff.ts";
import type { Output } from "./output.ts";
import { reportFormats } from "./report-formats.ts";

interface Wiring {
  readonly program: Command;
  readonly output: Output;
  readonly argv: readonly string[];
  readonly run: (action: (signal: AbortSignal) => Promise<number>) => Promise<void>;
}

/** The verb that compares files of anybody. */
export function addDiffVerb({ program, output, argv, run }: Wiring): void {
  program
    .command("diff")
    .description("compare two files, folders of files or datasets: Parquet, CSV, NDJSON, JSON")
    .argument("<reference>", "a file, a folder or a pattern in quotes: what it should be")
    .argument("<current>", "what it is")
    .addOption(columnList("--key <columns>", "the columns that identify a row, with commas between; else the rows as a multiset"))
    .addOption(columnList("--ignore <columns>", "columns that are not compared"))
    .option("--type <column=type>", "the type of a column of CSV or JSON, such as amount=decimal(10,2); again for another", append, [])
    .option("--delimiter <letter>", "what stands between the cells of CSV (default: a comma, a tab in .tsv)")
    .option("--examples <rows>", "how many rows of each kind to show", "10")
    .option("--memory <size>", "what it may use, such as 512MB (default: 2GB); beyond that it writes to disk")
    .option("--explain", "say how the answer was found", false)
    .addOption(new Option("--format <format>", "what to print").choices(reportFormats).default("terminal"))
    .addOption(new Option("--json", "the same as --format json").default(false).conflicts("format"))
    .action((reference: string, current: string, { json: short, ...options }: DiffOptions & { json: boolean }) =>
      run(async (signal) => {
        const { diffCommand } = await import("./commands/diff.ts");
        return diffCommand([reference, current], { ...options, format: short ? "json" : options.format }, { output, argv, signal });
      }),
    );
}

/** Columns of an option that may be given again and again; a comma within a name is doubled. */
function columnList(flags: string, description: string): Option {
  const names = (text: string): string[] => text.split(/(?<!,),(?!,)/).map((name) => name.replaceAll(",,", ","));
  return new Option(flags, description).default([], "none").argParser<string[]>((text, before) => [...before, ...names(text)]);
}

function append(text: string, before: readonly string[]): string[] {
  return [...before, text];
}
