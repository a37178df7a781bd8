import { rename } from "node:fs/promises";
import path from "node:path";
import type { Scenario } from "@rehearse/config";
import type { Tables } from "@rehearse/dataset";
import { RehearseError } from "@rehearse/errors";
import { sumOfTeardowns, type Teardown } from "@rehearse/providers";
import type { BringUp } from "../environment/bring-up.ts";
import type { AgainstRevision } from "../model/against.ts";
import type { ProgressEvent } from "../progress.ts";
import { findRevision, type RevisionRequest } from "./find-revision.ts";
import { revisionNotes } from "./revision-notes.ts";
import { readBase } from "./read-base.ts";
import { rehearseBase } from "./rehearse-base.ts";
import { comparedParts } from "./run-references.ts";
import { makeRevisionTree } from "./revision-tree.ts";

export interface RevisionRehearsal extends Pick<RevisionRequest, "asked" | "mergesInto"> {
  /** The head's. */
  readonly scenario: Scenario;
  /** Whether it runs twice, so that what differs by itself is known. */
  readonly noise: boolean;
  readonly tables: Promise<Tables>;
  /** How its environments are brought up. */
  readonly up: Pick<BringUp, "provider" | "secrets" | "onSecret" | "signal" | "progress">;
}

/** What was rehearsed of a commit, until it goes into the run that is compared with it. Disposing removes it. */
export interface RehearsedRevision extends AsyncDisposable {
  readonly against: AgainstRevision;
  /** Moves facts and datasets into the folder of a run, removes all else, and says what was made and removed. */
  keepIn(runFolder: string): Promise<Teardown>;
}

/**
 * Rehearses the scenario as it is at another commit, on the head's seeds. That it cannot be rehearsed there, for reasons of its own, is a fact of the
 * result; what is wrong with the machine is thrown.
 */
export async function rehearseRevision(request: RevisionRehearsal): Promise<RehearsedRevision> {
  const { scenario, noise, up } = request;
  const { signal } = up;
  const start = performance.now();
  const revision = await findRevision({ ...request, directory: scenario.directory, signal });
  const { asked, name, commit } = revision;
  const tell = (event: Pick<ProgressEvent, "state" | "text" | "wallMs">): void => up.progress({ step: asked, maxRssBytes: null, ...event });
  // Its steps are told within its own, and only those that are worth a line of a log.
  const progress = ({ state, step, text }: ProgressEvent): void => {
    if (text !== "" && (state !== "done" || step !== "down")) tell({ state: "running", text: `${step} ${text}`, wallMs: null });
  };

  await using undo = new AsyncDisposableStack();
  const tree = await makeRevisionTree(scenario, { revision, signal });
  undo.defer(async () => void (await tree.remove()));
  const teardowns: Teardown[] = [];
  const parts = noise ? comparedParts : comparedParts.slice(0, 1);
  const failure = await reasonOf(async () => {
    const base = await readBase(scenario, { folder: tree.scenarioFolder, revision });
    for (const part of parts) {
      const folder = path.join(tree.directory, part);
      teardowns.push(await rehearseBase({ ...request, base, commit, folder, up: { ...up, progress } }));
    }
  });
  const notes = await revisionNotes(revision, signal);
  const text = [`${commit.slice(0, 7)}, ${name}`, ...(failure === null ? [] : [failure])].join(": ");
  tell({ state: failure === null ? "done" : "failed", text, wallMs: performance.now() - start });

  const made = undo.move();
  return {
    against: { kind: "revision", asked, name, commit, failure, noise, notes },
    async keepIn(runFolder) {
      if (failure === null) for (const part of parts) await rename(path.join(tree.directory, part), path.join(runFolder, part));
      made.move();
      return sumOfTeardowns([...teardowns, await tree.remove()]);
    },
    [Symbol.asyncDispose]: () => made.disposeAsync(),
  };
}

/** Why work could not be done that the user can mend; null where it was. */
async function reasonOf(work: () => Promise<void>): Promise<string | null> {
  try {
    await work();
    return null;
  } catch (thrown) {
    if (thrown instanceof RehearseError && thrown.exitCode === 2) return thrown.message;
    throw thrown;
  }
}
