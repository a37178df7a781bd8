import type { Writable } from "node:stream";

/** Why a command was broken off: the user or a supervisor asked for it. */
export class Interrupted extends Error {
  readonly signal: NodeJS.Signals;

  constructor(signal: NodeJS.Signals, message = `interrupted by ${signal}`) {
    super(message);
    this.name = "Interrupted";
    this.signal = signal;
  }

  /** As a shell reports it: 128 and the signal's number. */
  get exitCode(): number {
    return { SIGHUP: 129, SIGINT: 130, SIGPIPE: 141, SIGTERM: 143 }[this.signal as string] ?? 1;
  }
}

const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/**
 * A terminal sends its signals to all processes of a command: to this one, and to npm and our launcher, which forward them. A signal that comes
 * so soon after the same one is the same one.
 */
const sameWithinMs = 500;

/**
 * Turns the first signal, a reader of our output that goes away, or the death of the launcher that started us, into an abort. Later ones are
 * noted, not obeyed: what was made is being taken down, and that must come to its end.
 */
export function interruptible(outputs: readonly Writable[], onRepeated: () => void): { readonly signal: AbortSignal } & Disposable {
  const controller = new AbortController();
  const unread = (): void => controller.abort(new Interrupted("SIGPIPE"));
  for (const output of outputs) output.on("error", unread);
  const heard = new Map<NodeJS.Signals, number>();
  const listener = (name: NodeJS.Signals): void => {
    const sinceMs = performance.now() - (heard.get(name) ?? -Infinity);
    heard.set(name, performance.now());
    if (!controller.signal.aborted) controller.abort(new Interrupted(name));
    else if (sinceMs > sameWithinMs) onRepeated();
  };
  for (const name of signals) process.on(name, listener);
  // Nobody could stop us any more: Ctrl-C reaches only what the terminal's shell knows of. Another parent's channel may close for reasons of its own.
  const orphaned = (): void => {
    if (process.env["REHEARSE_LAUNCHER"] === undefined) return;
    controller.abort(new Interrupted("SIGTERM", "interrupted: the process that started this one is gone"));
  };
  process.on("disconnect", orphaned);
  // Where there never was a channel it is undefined.
  if ((process.connected as boolean | undefined) === false) orphaned();
  return {
    signal: controller.signal,
    [Symbol.dispose]() {
      for (const name of signals) process.off(name, listener);
      process.off("disconnect", orphaned);
      // Whoever writes after this has nobody to tell: the error listeners stay.
    },
  };
}
