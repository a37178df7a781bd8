import { RehearseError, messageOf } from "@rehearse/errors";

/** A store that does not answer, or refuses. */
export function storeUnavailable(request: { title: string; doing: string; cause: unknown; hint: string }): RehearseError {
  return new RehearseError({
    code: "STORE_UNAVAILABLE",
    message: `the store of references ${request.title} cannot be used: ${request.doing} failed: ${messageOf(request.cause)}`,
    hint: request.hint,
    cause: request.cause,
  });
}

/** A store that holds something else under a name than the name says. */
export function storeInvalid({ title, problem, got }: { title: string; problem: string; got?: string }): RehearseError {
  return new RehearseError({
    code: "REFERENCE_INVALID",
    message: `the store of references ${title} cannot be trusted: ${problem}`,
    got,
    hint: "Look at who changed the store; `rehearse accept` after a rehearsal whose data is right puts the rows there again.",
  });
}
