import { RehearseError } from "@rehearse/errors";

/** What the user wants a run compared with. */
export type AgainstRequest =
  | { readonly kind: "stored" }
  | { readonly kind: "run"; readonly run: string }
  | { readonly kind: "revision"; readonly asked: string; readonly noise: boolean };

/**
 * What `--against` says: `stored`, `base`, the id of a run, else a revision as git knows it. USAGE for nothing, and where noise is asked for of a side
 * that cannot be made again.
 */
export function againstRequest(text: string, { noise }: { readonly noise: boolean }): AgainstRequest {
  if (text.trim() === "") throw unusable("--against names nothing to compare with.", `"${text}"`);
  const kind = text === "stored" ? "stored" : isRunId(text) ? "run" : "revision";
  if (kind === "revision") return { kind, asked: text, noise };
  if (noise)
    throw unusable("To see what differs by itself, --noise makes the references twice: only a revision can be rehearsed again.", text);
  return kind === "stored" ? { kind } : { kind, run: text };
}

function unusable(message: string, got: string): RehearseError {
  return new RehearseError({
    code: "USAGE",
    message,
    expected: "--against base, or a git revision; without --noise also stored, or the id of a run",
    got,
    hint: "rehearse test --against base",
  });
}

/** Whether a text looks like the id of a run: `20260102T030405-abcdefgh`. */
function isRunId(text: string): boolean {
  return /^\d{8}T\d{6}-[a-z][a-z0-9]{7}$/.test(text);
}
