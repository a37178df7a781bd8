import { mkdir, readdir, realpath, rm, stat } from "node:fs/promises";
import path from "node:path";
import { RehearseError } from "@rehearse/errors";
import { createEnvironment, ledgerFile, listEnvironments, takeDown, type Teardown } from "@rehearse/providers";
import type { Scenario } from "@rehearse/config";
import { foldersOf } from "../store/scenario-folders.ts";
import { ifMissing } from "../store/if-missing.ts";
import type { Revision } from "./find-revision.ts";
import { git } from "./git.ts";
import { linkModules } from "./link-modules.ts";

/** The files of a commit, in a folder of their own that is in a ledger. */
export interface RevisionTree {
  /** Absolute: the folder that is removed; the tree is below it, and there is room for what is made of it. */
  readonly directory: string;
  /** Absolute: where the scenario's folder is in the tree. */
  readonly scenarioFolder: string;
  /** Removes all of it, and says what a look then found. */
  remove(): Promise<Teardown>;
}

/** No checkout and no rehearsal of it takes longer. */
const longestMs = 24 * 60 * 60 * 1000;

/**
 * Writes the files of a commit below `.rehearse/base` of the scenario, where what is installed for the head is found. Neither the repository nor its
 * index is touched. First removes what killed runs left there. REVISION_NOT_FOUND where the files cannot be had.
 */
export async function makeRevisionTree(
  scenario: Pick<Scenario, "name" | "directory">,
  { revision, signal }: { readonly revision: Revision; readonly signal: AbortSignal },
): Promise<RevisionTree> {
  const parent = path.join(foldersOf(scenario).state, "base");
  await removeLeft(scenario.directory, parent);
  const request = { scenario: scenario.name, scenarioDirectory: scenario.directory, mode: "test", ttlSeconds: longestMs / 1000 } as const;
  const { id, ledger, label } = await createEnvironment(request);
  const remove = (): Promise<Teardown> => takeDown(ledger.file);
  try {
    await mkdir(parent, { recursive: true });
    const directory = path.join(parent, `rh-${id}`);
    // Other users may pass through it: engines and programs may run as one.
    ledger.makeDirectory({ id: "base", path: directory, mode: 0o755 });
    const tree = path.join(directory, "tree");
    await mkdir(tree);
    const { code, stderr } = await git([`--work-tree=${tree}`, "read-tree", "--reset", "-u", "--no-recurse-submodules", revision.commit], {
      cwd: revision.repository,
      env: { GIT_INDEX_FILE: path.join(directory, "index") },
      signal,
      label,
    });
    if (code !== 0) throw notWritten(revision, stderr);
    await linkModules({ head: await realpath(revision.repository), base: tree }, revision.folder);
    return { directory, scenarioFolder: path.join(tree, revision.folder), remove };
  } catch (thrown) {
    await remove();
    throw thrown;
  }
}

/** Takes down what rehearsals of the scenario left that were killed, and the trees of ledgers that are gone: a job's state ends with the job. */
async function removeLeft(scenarioDirectory: string, parent: string): Promise<void> {
  for (const { ledger, mode, ownerAlive, ...one } of listEnvironments())
    if (mode === "test" && !ownerAlive && one.scenarioDirectory === scenarioDirectory) await takeDown(ledger);
  for (const name of await readdir(parent).catch(ifMissing<string[]>([]))) {
    const tree = path.join(parent, name);
    const [known, made] = await Promise.all(
      [ledgerFile(name.replace(/^rh-/, "")), tree].map((place) => stat(place).catch(ifMissing(null))),
    );
    if (known === null && made !== null && made !== undefined && Date.now() - made.mtimeMs > longestMs)
      await rm(tree, { recursive: true, force: true });
  }
}

function notWritten({ name, commit, repository }: Revision, said: string): RehearseError {
  return new RehearseError({
    code: "REVISION_NOT_FOUND",
    message: `The files of ${commit} (${name}) could not be written out of ${repository}.`,
    got: said.trim(),
    hint: "Look whether `git status` works there, and whether all of the commit was fetched.",
  });
}
