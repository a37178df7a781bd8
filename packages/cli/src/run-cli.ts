import { Command, CommanderError, Option } from "commander";
import manifest from "../package.json" with { type: "json" };
import { asForeseen, RehearseError, renderFailure } from "@rehearse/errors";
import { Interrupted, interruptible } from "@rehearse/process";
import type { ProviderName } from "@rehearse/rehearsal";
import type { CheckOptions } from "./commands/check.ts";
import type { TestOptions } from "./commands/test.ts";
import type { UpOptions } from "./commands/up.ts";
import type { Output } from "./output.ts";
import { addDiffVerb } from "./diff-verb.ts";
import { failureJson } from "./failure-json.ts";
import { addReferenceVerbs } from "./reference-verbs.ts";
import { reportFormats } from "./report-formats.ts";

export interface CliCall extends Output {
  /** Without the program's own name. */
  readonly argv: readonly string[];
}

// Named here as well, for `--help` is not to load all that runs.
const providerNames = ["auto", "docker", "embedded"] as const satisfies readonly ProviderName[];
const serviceArgument = ["<service>", "its name in rehearse.yml"] as const;
const scenarioArgument = ["[scenario]", "folder with a rehearse.yml, or the file itself", "."] as const;

/** Runs one command line and resolves to its exit code: 0 same, 1 a finding, 2 the file or the call, 3 the machine, 70 our bug. */
export async function runCli(call: CliCall): Promise<number> {
  const { own, command } = splitAtDashes(call.argv);
  // A command that was connected may want to be interrupted many times.
  const onRepeated = command === null ? () => call.stderr.write("  already taking down, please wait\n") : () => undefined;
  using interruption = interruptible([call.stdout, call.stderr], onRepeated);
  const { signal } = interruption;
  let exitCode = 0;
  let json = false;
  const program = commandLine({
    output: call,
    argv: call.argv,
    command: command ?? [],
    run: async (action) => {
      exitCode = await action(signal);
    },
  }).hook("preAction", (_program, command) => {
    json = command.getOptionValue("json") === true || command.getOptionValue("format") === "json";
  });
  try {
    await program.parseAsync(own, { from: "user" });
    return exitCode;
  } catch (thrown) {
    return await failed(asForeseen(thrown), { ...call, json, signal });
  }
}

async function failed(
  thrown: unknown,
  { signal, ...call }: CliCall & { readonly json: boolean; readonly signal: AbortSignal },
): Promise<number> {
  if (thrown instanceof CommanderError) return thrown.exitCode === 0 ? 0 : 2;
  const { escapeCommands, escaped } = await import("@rehearse/report");
  // What an engine or a program wrote is quoted, and a workflow's log takes some lines for commands.
  const shown = escapeCommands(renderFailure(thrown), escaped);
  if (signal.aborted && signal.reason instanceof Interrupted) {
    call.stderr.write(`\n  ${signal.reason.message}\n`);
    // What else went wrong on the way down must not pass for the interruption.
    if (thrown !== signal.reason) call.stderr.write(shown);
    return signal.reason.exitCode;
  }
  if (call.json) call.stdout.write(escapeCommands(failureJson(thrown), jsonEscape));
  call.stderr.write(`\n${shown}`);
  return thrown instanceof RehearseError ? thrown.exitCode : 70;
}

const jsonEscape = (character: string): string => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;

/** `connect` takes what follows the two dashes as it stands; elsewhere they only say that no option follows. */
function splitAtDashes(argv: readonly string[]): { readonly own: readonly string[]; readonly command: readonly string[] | null } {
  const dashes = argv.indexOf("--");
  if (argv[0] !== "connect") return { own: argv, command: null };
  return dashes === -1 ? { own: argv, command: [] } : { own: argv.slice(0, dashes), command: argv.slice(dashes + 1) };
}

interface Wiring {
  readonly output: Output;
  readonly argv: readonly string[];
  /** What follows the two dashes, for `connect`. */
  readonly command: readonly string[];
  readonly run: (action: (signal: AbortSignal) => Promise<number>) => Promise<void>;
}

function commandLine({ output, argv, command, run }: Wiring): Command {
  const program = new Command("rehearse")
    .description("Rehearse a release on real data before the audience sees it.")
    .version(manifest.version)
    .exitOverride()
    .configureOutput({ writeOut: (text) => void output.stdout.write(text), writeErr: (text) => void output.stderr.write(text) })
    .configureHelp({ helpWidth: 100 })
    .showHelpAfterError("(rehearse --help tells what there is)")
    .addHelpText("after", examples);
  const json = () => new Option("--json", "print facts for a program, and nothing else").default(false);

  const format = () =>
    new Option("--format <format>", "what to print; the report's files are always written").choices(reportFormats).default("terminal");
  const explain = () => new Option("--explain", "say how each dataset was compared").default(false);
  const shortFormat = () => new Option("--json", "the same as --format json").default(false).conflicts("format");
  const environment = () => new Option("--environment <id>", "the one with this id, not the latest of the scenario");
  const provider = () =>
    new Option("--provider <provider>", "where services run; auto: docker where it has every image, else embedded")
      .choices(providerNames)
      .default("auto");

  program
    .command("test")
    .description("rehearse: up, seed, run every stage, compare what they wrote, down, report")
    .argument(...scenarioArgument)
    .addOption(provider())
    .option("--keep", "leave the environment running afterwards, and say how to connect", false)
    .option("--against <what>", "what to compare with: stored references, the base, a git revision, or a run by its id", "stored")
    .option("--noise", "rehearse that base or revision twice, to see what differs by itself", false)
    .option("--only <stage>", "this stage alone, on what its references say the stages before it wrote")
    .option("--dry-run", "print the plan, start nothing", false)
    .addOption(format())
    .addOption(explain())
    .addOption(shortFormat())
    .action((scenario: string, { json: short, ...options }: TestOptions & { json: boolean }) =>
      run(async (signal) => {
        const { testCommand } = await import("./commands/test.ts");
        return testCommand(scenario, { ...options, format: short ? "json" : options.format }, { output, signal });
      }),
    );
  program
    .command("check")
    .description("judge a run that is over under today's rules and references; nothing runs again")
    .argument(...scenarioArgument)
    .option("--run <id>", "the run with this id, not the latest")
    .option("--against <what>", "stored references, or a run by its id (default: what it was compared with)")
    .addOption(format())
    .addOption(explain())
    .addOption(shortFormat())
    .action((scenario: string, { json: short, ...options }: CheckOptions & { json: boolean }) =>
      run(async (signal) => {
        const { checkCommand } = await import("./commands/check.ts");
        return checkCommand(scenario, { ...options, format: short ? "json" : options.format }, { output, signal });
      }),
    );
  program
    .command("up")
    .description("start the services with the seeds that wait for no stage, and leave them running")
    .argument(...scenarioArgument)
    .addOption(provider())
    .addOption(json())
    .action((scenario: string, options: UpOptions) =>
      run(async (signal) => (await import("./commands/up.ts")).upCommand(scenario, options, { output, signal })),
    );
  program
    .command("down")
    .description("take down what was left running, and prove that nothing is left")
    .argument(...scenarioArgument)
    .option("--all", "the environments of every scenario, not only of this one", false)
    .addOption(json())
    .action((scenario: string, options: { all: boolean; json: boolean }) =>
      run(async () => (await import("./commands/down.ts")).downCommand(scenario, options, { output })),
    );
  program
    .command("status")
    .description("list the environments that run or were left behind")
    .addOption(json())
    .action((options: { json: boolean }) => run(async () => (await import("./commands/status.ts")).statusCommand(options, { output })));
  program
    .command("connect")
    .description("open the client of a service's engine, or run a command that reaches it, in an environment that was left running")
    .argument(...serviceArgument)
    .argument(...scenarioArgument)
    .addOption(environment())
    .usage("[options] <service> [scenario] [-- <command…>]")
    .addHelpText("after", connectHelp)
    .action((service: string, scenario: string, options: { environment?: string }) =>
      run(async (signal) => {
        const { connectCommand } = await import("./commands/connect.ts");
        return connectCommand({ service, scenario, ...options, command }, { output, signal });
      }),
    );
  program
    .command("logs")
    .description("print what the server of a service wrote")
    .argument(...serviceArgument)
    .argument(...scenarioArgument)
    .addOption(environment())
    .action((service: string, scenario: string, options: { environment?: string }) =>
      run(async () => (await import("./commands/logs.ts")).logsCommand({ service, scenario, ...options }, { output })),
    );
  program
    .command("doctor")
    .description("look at what a rehearsal needs of this machine, and say what to do about what is missing")
    .addOption(json())
    .action((options: { json: boolean }) => run(async () => (await import("./commands/doctor.ts")).doctorCommand(options, { output })));
  program
    .command("accept")
    .description("take what the latest run wrote as the references; nothing runs again")
    .argument(...scenarioArgument)
    .addOption(json())
    .action((scenario: string, options: { json: boolean }) =>
      run(async () => (await import("./commands/accept.ts")).acceptCommand(scenario, options, { output })),
    );
  addReferenceVerbs({ program, output, run, scenarioArgument });
  addDiffVerb({ program, output, argv, run });
  return program;
}

const connectHelp = `
What follows the two dashes is run as it stands, with the connection values of every service as
variables (CORE_URL, CORE_PASSWORD, …) and those that the engine's own programs read (PGHOST, …).
Its exit code is the exit code.

  rehearse connect core -- psql -c 'select count(*) from projects'
  rehearse connect core -- sh -c 'echo $CORE_URL'
`;

const examples = `
Begin here:
  rehearse test fixtures/segment-membership         the whole rehearsal of a scenario
  rehearse test --dry-run                           what it would do
  rehearse accept                                   the latest run is right: make it the reference
  rehearse test --against base                      what this branch changes, without any stored reference
  rehearse test --keep                              look around afterwards; then: rehearse down
  rehearse diff old.parquet new.parquet --key id    two files, without any rehearsal
  rehearse connect core                             into the service core of what was left running
  rehearse doctor                                   when something does not start

Exit codes:
  0  every check is the same, or differs as expected
  1  a difference, a failed check or stage, or something that could not be compared
  2  the file or the call is wrong     3  the machine or an engine is at fault     70  a bug of Rehearse
  130  interrupted with Ctrl-C (143 by SIGTERM, 129 by SIGHUP), after all was taken down
`;
