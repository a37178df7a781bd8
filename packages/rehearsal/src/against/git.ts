import { runTool, type ProcessLabel, type ToolResult } from "@rehearse/process";

export interface GitCall {
  /** Absolute: the folder git is called in. */
  readonly cwd: string;
  readonly signal: AbortSignal;
  readonly env?: Readonly<Record<string, string>>;
  /** Of the environment it works for, where it makes something. */
  readonly label?: ProcessLabel;
}

/** A checkout of a large repository takes its time; a question does not hang for ever. */
const timeoutMs = 10 * 60 * 1000;

/** Within a hook, git says by these which repository it means: ours is found from the folder. */
const ofOneRepository = ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_OBJECT_DIRECTORY", "GIT_COMMON_DIR"];

/** What the repository may be set to do beside: run its hooks and watchers, and keep parts of every index in its own folder. */
const nothingElse = ["core.hooksPath=/dev/null", "core.fsmonitor=false", "core.splitIndex=false", "core.untrackedCache=false"].flatMap(
  (set) => ["-c", set],
);

/** Runs git, which asks nobody for anything and answers in English. A non-zero exit is a value; PROCESS_NOT_STARTED where there is no git. */
export async function git(args: readonly string[], { cwd, signal, env = {}, label }: GitCall): Promise<ToolResult> {
  const inherited = Object.entries(process.env).filter(
    (entry): entry is [string, string] => entry[1] !== undefined && !ofOneRepository.includes(entry[0]),
  );
  const fixed = { LC_ALL: "C", GIT_TERMINAL_PROMPT: "0", GIT_OPTIONAL_LOCKS: "0" };
  return runTool({
    command: { file: "git", args: [...nothingElse, ...args], cwd, env: { ...Object.fromEntries(inherited), ...fixed, ...env } },
    timeoutMs,
    signal,
    label,
  });
}

/** What git prints, without the end of the line; null where it exits with another code than 0. */
export async function gitAnswer(args: readonly string[], call: GitCall): Promise<string | null> {
  const { code, stdout } = await git(args, call);
  return code === 0 ? stdout.trimEnd() : null;
}
