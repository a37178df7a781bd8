import { messageOf, RehearseError } from "@rehearse/errors";

/** What the engine's API says of a request that it refused; undefined for anything else that went wrong. */
function statusOf(error: unknown): number | undefined {
  return error instanceof Error && "statusCode" in error && typeof error.statusCode === "number" ? error.statusCode : undefined;
}

/** The engine's own words, without the frame that its client puts around them. */
export function engineWords(error: unknown): string {
  if (error instanceof Error && "json" in error && typeof error.json === "object" && error.json !== null && "message" in error.json)
    return String(error.json.message);
  return messageOf(error);
}

/** Whether it was about a thing that is not there (any more). */
export const isMissing = (error: unknown): boolean => statusOf(error) === 404;

const unreachable: readonly unknown[] = ["ECONNREFUSED", "ECONNRESET", "EPIPE", "ENOENT", "EACCES"];

/** Whether the engine refused it, or answers no more. */
export function isEngineFailure(error: unknown): boolean {
  return statusOf(error) !== undefined || (error instanceof Error && "code" in error && unreachable.includes(error.code));
}

/** A designed failure for what the engine did not do; what is not about the engine goes on as it is. `what` begins a sentence. */
export function engineFailure(error: unknown, what: string): unknown {
  if (!isEngineFailure(error)) return error;
  const refused = statusOf(error) !== undefined;
  return new RehearseError({
    code: refused ? "ENGINE_START_FAILED" : "ENGINE_NOT_AVAILABLE",
    message: `${what}: ${refused ? engineWords(error) : `the Docker engine answers no more (${messageOf(error)})`}.`,
    hint: "`rehearse doctor` looks at the engine, its disk and its images.",
    cause: error,
  });
}
