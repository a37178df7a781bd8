import { readFile } from "node:fs/promises";
import { messageOf, RehearseError } from "@rehearse/errors";
import { z } from "zod";

/** What GitHub says of the workflow run that this step is part of. */
export interface WorkflowRun {
  /** What started it: `pull_request`, `push`, … */
  readonly event: string;
  readonly repository: { readonly owner: string; readonly repo: string };
  readonly apiUrl: string;
  /** Absolute: where the repository is checked out, and a folder that ends with the job. */
  readonly workspace: string;
  readonly temporary: string;
  /** Null where the event speaks of none, or of several. */
  readonly pullRequest: { readonly number: number; readonly fromFork: boolean } | null;
  /** What is rehearsed: the head of the pull request, else what the run is for. Null where the event does not say. */
  readonly commit: string | null;
  /** What the commit is to be merged into, or was pushed onto, as revisions of the checkout: the first that is there counts. Empty where nobody says. */
  readonly mergesInto: readonly string[];
}

const variablesSchema = z.object({
  GITHUB_EVENT_NAME: z.string().min(1),
  GITHUB_EVENT_PATH: z.string().min(1),
  GITHUB_REPOSITORY: z.string().regex(/^[^/]+\/[^/]+$/),
  GITHUB_API_URL: z.url(),
  GITHUB_WORKSPACE: z.string().min(1),
  RUNNER_TEMP: z.string().min(1),
  GITHUB_SHA: z.string().min(1).optional(),
});

const sha = z.string().min(1).optional();
/** The head's repository is null when the fork was deleted. */
const eventSchema = z.object({
  pull_request: z
    .object({
      number: z.int().positive(),
      head: z.object({ sha, repo: z.object({ full_name: z.string() }).partial().nullable() }),
      base: z.object({ ref: z.string().min(1), sha }).optional(),
    })
    .optional(),
  merge_group: z.object({ base_sha: sha }).optional(),
  /** Of a push: what the branch was before. */
  before: sha,
  workflow_run: z.object({ head_sha: sha, pull_requests: z.array(z.object({ number: z.int().positive(), url: z.string() })) }).optional(),
});

/** Reads the runner's variables and the event's file. USAGE where they are not those of a workflow run. */
export async function readWorkflowRun(variables: Readonly<Record<string, string | undefined>>): Promise<WorkflowRun> {
  const known = parsed(variablesSchema, variables, "its variables");
  const event = parsed(eventSchema, await readEvent(known.GITHUB_EVENT_PATH), "the event's file");
  const [owner = "", repo = ""] = known.GITHUB_REPOSITORY.split("/");
  return {
    event: known.GITHUB_EVENT_NAME,
    repository: { owner, repo },
    apiUrl: known.GITHUB_API_URL,
    workspace: known.GITHUB_WORKSPACE,
    temporary: known.RUNNER_TEMP,
    pullRequest: pullRequestOf(event, known.GITHUB_REPOSITORY),
    commit: commitOf(event, known.GITHUB_SHA) ?? null,
    mergesInto: mergesInto(event),
  };
}

function pullRequestOf({ pull_request: pull, workflow_run: run }: z.infer<typeof eventSchema>, repository: string) {
  if (pull !== undefined) return { number: pull.number, fromFork: pull.head.repo?.full_name !== repository };
  // A run in a fork names the pull requests of the repository it was forked from as well.
  const [only, ...others] = (run?.pull_requests ?? []).filter(({ number, url }) => url.endsWith(`/repos/${repository}/pulls/${number}`));
  return only === undefined || others.length > 0 ? null : { number: only.number, fromFork: false };
}

/** The variable's commit is a merge where the event is about a pull request, and the default branch's where it is about another run. */
function commitOf({ pull_request: pull, workflow_run: run }: z.infer<typeof eventSchema>, variable: string | undefined) {
  if (pull !== undefined) return pull.head.sha;
  return run === undefined ? variable : run.head_sha;
}

/** A branch that is new was nothing before, which is all zeros. */
function mergesInto({ pull_request: pull, merge_group: group, before }: z.infer<typeof eventSchema>): string[] {
  const named = pull?.base === undefined ? [] : [`origin/${pull.base.ref}`, pull.base.sha, pull.base.ref];
  return [...named, group?.base_sha, before].filter((one): one is string => one !== undefined && !/^0+$/.test(one));
}

async function readEvent(file: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(file, "utf8"));
  } catch (thrown) {
    throw notARun("the event's file", messageOf(thrown));
  }
}

function parsed<T>(schema: z.ZodType<T>, value: unknown, what: string): T {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  throw notARun(what, result.error.issues.map(({ path, message }) => `${path.join(".")}: ${message}`).join("; "));
}

function notARun(what: string, got: string): RehearseError {
  return new RehearseError({
    code: "USAGE",
    message: `This is not a step of a GitHub workflow run: ${what} cannot be understood.`,
    got,
    hint: "Use the action in a workflow; anywhere else, use `rehearse test`.",
  });
}
