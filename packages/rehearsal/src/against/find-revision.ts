import { RehearseError } from "@rehearse/errors";
import { git, gitAnswer, type GitCall } from "./git.ts";

/** A commit to compare with, and where the scenario lies in it. */
export interface Revision {
  /** `base`, or what the user wrote. */
  readonly asked: string;
  /** In words: `merge base with origin/main`. */
  readonly name: string;
  readonly commit: string;
  /** Absolute: the top of the repository's work tree. */
  readonly repository: string;
  /** The scenario's folder below it, with a slash at its end; empty where it is the top. */
  readonly folder: string;
}

export interface RevisionRequest extends Pick<GitCall, "signal"> {
  readonly asked: string;
  /** Absolute: the scenario's folder. */
  readonly directory: string;
  /** What the head is to be merged into, the first that exists counts; empty where nobody said. */
  readonly mergesInto: readonly string[];
}

/** Where the main line usually is. */
const mainLine = ["origin/HEAD", "origin/main", "origin/master", "main", "master"];

/**
 * The commit that is asked for. `base` is the merge base with what the head is to be merged into, else with the main line. REVISION_NOT_FOUND where
 * there is no repository, no such commit, or where it was not fetched.
 */
export async function findRevision({ asked, directory, mergesInto, signal }: RevisionRequest): Promise<Revision> {
  const call = { cwd: directory, signal };
  const top = await git(["rev-parse", "--show-toplevel", "--show-prefix"], call);
  const [repository = "", folder = ""] = top.stdout.split("\n");
  if (top.code !== 0 || repository === "") throw noRepository(directory, top.stderr);
  const found = asked === "base" ? await mergeBase(mergesInto.length === 0 ? mainLine : mergesInto, call) : await named(asked, call);
  return { asked, repository, folder, ...found };
}

async function named(asked: string, call: GitCall): Promise<Pick<Revision, "name" | "commit">> {
  const commit = await commitOf(asked, call);
  if (commit !== null) return { name: asked, commit };
  const problem = { message: `There is no revision "${asked}" in the repository of ${call.cwd}.`, got: asked };
  throw await notFound({ ...problem, expected: "stored, base, a revision that git knows, or the id of a run", fetch: asked }, call);
}

async function mergeBase(candidates: readonly string[], call: GitCall): Promise<Pick<Revision, "name" | "commit">> {
  for (const candidate of candidates) {
    const tip = await commitOf(candidate, call);
    if (tip === null) continue;
    const commit = await gitAnswer(["merge-base", "HEAD", tip], call);
    if (commit !== null) return { name: `merge base with ${candidate}`, commit };
    throw await notFound(
      {
        message: `HEAD and ${candidate} have no commit in common that is in this repository.`,
        expected: "the history of both",
        fetch: candidate,
      },
      call,
    );
  }
  const expected = `one of ${candidates.join(", ")}`;
  throw await notFound(
    { message: "What HEAD is to be merged into is not in this repository.", expected, fetch: candidates[0] ?? "" },
    call,
  );
}

function commitOf(revision: string, call: GitCall): Promise<string | null> {
  return gitAnswer(["rev-parse", "--verify", "--quiet", "--end-of-options", `${revision}^{commit}`], call);
}

interface Missing {
  readonly message: string;
  readonly expected: string;
  readonly got?: string;
  /** What would have to be fetched. */
  readonly fetch: string;
}

async function notFound({ fetch, ...problem }: Missing, call: GitCall): Promise<RehearseError> {
  const shallow = (await gitAnswer(["rev-parse", "--is-shallow-repository"], call)) === "true";
  const branch = fetch.replace(/^origin\//, "");
  return new RehearseError({
    code: "REVISION_NOT_FOUND",
    ...problem,
    ...(shallow
      ? { got: `${problem.got === undefined ? "" : `${problem.got}, in `}a shallow clone: only the latest commits were fetched` }
      : {}),
    hint: shallow
      ? "In a workflow, give actions/checkout `fetch-depth: 0`; elsewhere: git fetch --unshallow"
      : isName(branch)
        ? `git fetch origin ${branch}, or name another with --against <revision>.`
        : "git log --oneline lists the commits that there are: name one with --against <revision>.",
  });
}

/** A branch, a tag or a commit: what leads on from one, such as `HEAD~9`, cannot be fetched. */
function isName(revision: string): boolean {
  return /^[\w.][\w./+-]*$/.test(revision) && !revision.includes("..") && revision !== "HEAD";
}

function noRepository(directory: string, said: string): RehearseError {
  return new RehearseError({
    code: "REVISION_NOT_FOUND",
    message: `${directory} is in no work tree that git can read, so there is nothing older to compare with.`,
    expected: "a scenario in a git repository",
    got: said.trim(),
    hint: "Compare with the stored references: leave out --against.",
  });
}
