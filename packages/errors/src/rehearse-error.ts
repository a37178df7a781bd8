import { exitCodes, type ErrorCode } from "./error-codes.ts";

/** What a designed failure says. `message` is what happened and where; `hint` names the next thing to do. */
export interface Failure {
  readonly code: ErrorCode;
  readonly message: string;
  readonly hint: string;
  readonly expected?: string | undefined;
  readonly got?: string | undefined;
  /** Longer evidence for the reader, such as the tail of an engine's log. */
  readonly details?: string | undefined;
  readonly cause?: unknown;
}

/** A failure that was foreseen: it has a code, says what was expected and got, and what to do next. */
export class RehearseError extends Error {
  readonly code: ErrorCode;
  readonly hint: string;
  readonly expected: string | undefined;
  readonly got: string | undefined;
  readonly details: string | undefined;

  constructor(failure: Failure) {
    super(failure.message, failure.cause === undefined ? undefined : { cause: failure.cause });
    this.name = "RehearseError";
    this.code = failure.code;
    this.hint = failure.hint;
    this.expected = failure.expected;
    this.got = failure.got;
    this.details = failure.details;
  }

  /** The same failure in the words of a reader who knows it under another name; this one is its cause. */
  as(words: Partial<Omit<Failure, "cause">>): RehearseError {
    const { code, message, hint, expected, got, details } = this;
    return new RehearseError({ code, message, hint, expected, got, details, ...words, cause: this });
  }

  /** The process exit code that this failure leads to. */
  get exitCode(): number {
    return exitCodes[this.code];
  }
}
