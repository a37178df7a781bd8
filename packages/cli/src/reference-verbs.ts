import { Option, type Command } from "commander";
import type { ExportOptions } from "./commands/export.ts";
import type { Output } from "./output.ts";

interface Verbs {
  readonly program: Command;
  readonly output: Output;
  readonly run: (action: (signal: AbortSignal) => Promise<number>) => Promise<void>;
  readonly scenarioArgument: readonly [string, string, string];
}

/** The verbs about references as files, and about datasets as files of other tools. */
export function addReferenceVerbs({ program, output, run, scenarioArgument }: Verbs): void {
  const json = () => new Option("--json", "print facts for a program, and nothing else").default(false);
  const nameArgument = ["<stage/dataset>", "its stage and its name in rehearse.yml"] as const;
  const commands = () => import("./commands/reference.ts");
  const reference = program.command("reference").description("look at the references, and after those that lie in a store");

  reference
    .command("list")
    .description("list the references, and where their rows are")
    .argument(...scenarioArgument)
    .addOption(json())
    .action((scenario: string, options: { json: boolean }) =>
      run(async () => (await commands()).listCommand(scenario, options, { output })),
    );
  reference
    .command("show")
    .description("show what is known of one: columns, key, digests, and where its rows came from")
    .argument(...nameArgument)
    .argument(...scenarioArgument)
    .addOption(json())
    .action((name: string, scenario: string, options: { json: boolean }) =>
      run(async () => (await commands()).showCommand(name, scenario, { ...options, output })),
    );
  reference
    .command("fetch")
    .description("bring the rows that lie in the store into the cache, so that a rehearsal needs no network for them")
    .argument(...scenarioArgument)
    .addOption(json())
    .action((scenario: string, options: { json: boolean }) =>
      run(async () => (await commands()).fetchCommand(scenario, options, { output })),
    );
  reference
    .command("gc")
    .description("say what the store holds that no reference of this work tree names")
    .argument(...scenarioArgument)
    .option("--delete", "and remove it; what other branches name is not known", false)
    .addOption(json())
    .action((scenario: string, options: { json: boolean; delete: boolean }) =>
      run(async () => (await commands()).gcCommand(scenario, options, { output })),
    );

  program
    .command("export")
    .description("write the rows of a dataset to a file for other tools")
    .argument(...nameArgument)
    .argument(...scenarioArgument)
    .option("-o, --output <file>", "a .parquet, .csv or .ndjson (default: <dataset>.parquet)")
    .option("--run <id>", "of the run with this id, or `reference`", "latest")
    .addOption(json())
    .action((name: string, scenario: string, options: ExportOptions) =>
      run(async () => (await import("./commands/export.ts")).exportCommand({ name, scenario, ...options }, { output })),
    );
}
