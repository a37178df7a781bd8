import { z } from "zod";

const httpErrorSchema = z.object({
  name: z.literal("HttpError"),
  status: z.number(),
  message: z.string(),
  /** Undefined where no answer came. */
  response: z.object({ headers: z.record(z.string(), z.unknown()) }).optional(),
});

/** What GitHub advises where it limits writing and names no time. */
const secondaryLimitMs = 60_000;

/** A request that GitHub refused, or did not answer. */
export class ApiFailure extends Error {
  /** Null where no answer came, or not all of it: then it is not known whether the request was carried out. */
  readonly status: number | null;
  /** Whether the same request may succeed later. */
  readonly passing: boolean;
  /** How long GitHub asks to wait, null where it does not say. */
  readonly waitMs: number | null;

  constructor({ status, message, passing, waitMs }: Pick<ApiFailure, "status" | "message" | "passing" | "waitMs">, cause?: unknown) {
    super(message, { cause });
    this.name = "ApiFailure";
    this.status = status;
    this.passing = passing;
    this.waitMs = waitMs;
  }
}

/** An answer that began well and broke off. */
export function cutOff(): ApiFailure {
  return new ApiFailure({ status: null, message: "the answer was cut off", passing: true, waitMs: null });
}

/** What the HTTP client threw, as a failure of the request; anything else as it is. */
export function asApiFailure(thrown: unknown): unknown {
  const error = httpErrorSchema.safeParse(thrown);
  if (!error.success) return thrown;
  const { message, response } = error.data;
  if (response === undefined) return new ApiFailure({ status: null, message, passing: true, waitMs: null }, thrown);
  const { status } = error.data;
  const waitMs = requestedPause(response.headers);
  const limited = status === 429 || (status === 403 && (waitMs !== null || /rate limit/i.test(message)));
  return new ApiFailure(
    { status, message, passing: limited || status >= 500, waitMs: waitMs ?? (limited ? secondaryLimitMs : null) },
    thrown,
  );
}

function requestedPause(headers: Readonly<Record<string, unknown>>): number | null {
  const number = (name: string): number | null => (headers[name] === undefined ? null : Number(headers[name]));
  const seconds = number("retry-after");
  if (seconds !== null && Number.isFinite(seconds)) return seconds * 1000;
  const reset = number("x-ratelimit-reset");
  return number("x-ratelimit-remaining") === 0 && reset !== null ? Math.max(0, reset * 1000 - Date.now()) : null;
}
