import { DynamoDBServiceException } from "@aws-sdk/client-dynamodb";
import { messageOf, RehearseError, type ErrorCode } from "@rehearse/errors";

interface Circumstance {
  readonly code: ErrorCode;
  /** What could not be done, such as `The seed people.ndjson failed`. */
  readonly what: string;
  readonly hint: string;
}

/** A designed error for what DynamoDB answered; no answer is the engine's fault, whatever was being done. */
export function failure(thrown: unknown, { code, what, hint }: Circumstance): RehearseError {
  if (thrown instanceof RehearseError) return thrown;
  if (thrown instanceof DynamoDBServiceException)
    return new RehearseError({ code, message: `${what}: ${thrown.message}`, hint, cause: thrown });
  if (!isUnreachable(thrown)) throw thrown;
  return lost(thrown);
}

/** What to say when the server does not answer any more; `fetch` has the reason in its error's cause. */
export function lost(thrown: unknown): RehearseError {
  const reason = thrown instanceof Error && thrown.cause instanceof Error ? thrown.cause : thrown;
  return new RehearseError({
    code: "ENGINE_LOST",
    message: `The connection to DynamoDB broke: ${messageOf(reason)}.`,
    hint: "Look into the server's log: it may have ended, or run out of memory.",
    cause: thrown,
  });
}

/** Errors of the connection carry the system's code. */
export function isUnreachable(error: unknown): boolean {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  return code === "ECONNREFUSED" || code === "ECONNRESET" || code === "EPIPE" || code === "ETIMEDOUT";
}
