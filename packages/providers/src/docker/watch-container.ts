import { RehearseError } from "@rehearse/errors";
import { setTimeout as pause } from "node:timers/promises";
import type { Container } from "dockerode";
import { lastWords } from "./container-log.ts";
import { engineWords, isMissing } from "./docker-failure.ts";

export interface ContainerWatch {
  /** Aborted, with an ENGINE_LOST, when the container ends or is removed. */
  readonly lost: AbortSignal;
  /** Ends the watch: this process may end, and the container stays. */
  stop(): void;
}

/** An engine that hangs keeps the log to itself, and the loss must be told all the same. */
const logMs = 2_000;

/** Waits in the background for a container's end. */
export function watchContainer(
  container: Container,
  { title, service }: { readonly title: string; readonly service: string },
): ContainerWatch {
  const lost = new AbortController();
  const stopped = new AbortController();
  const watching = async (): Promise<void> => {
    const end = await container.wait({ abortSignal: stopped.signal }).then(
      ({ StatusCode: code }: { StatusCode: number }) => `exit code ${code}`,
      (error: unknown) => (isMissing(error) ? "it was removed" : `the Docker engine answers no more (${engineWords(error)})`),
    );
    if (stopped.signal.aborted) return;
    lost.abort(
      new RehearseError({
        code: "ENGINE_LOST",
        message: `${title} (service "${service}") ended by itself: ${end}.`,
        hint: "What it wrote last says why; it may have run out of memory or disk.",
        details: await Promise.race([lastWords(container, 20), pause(logMs, undefined, { ref: false })]),
      }),
    );
  };
  void watching();
  return { lost: lost.signal, stop: () => stopped.abort() };
}
