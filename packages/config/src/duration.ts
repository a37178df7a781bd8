import { z } from "zod";

const unitMs = { ms: 1, s: 1000, m: 60_000 };

/** A time of the file. Four digits at most, so that every duration is one that a timer can hold. */
export const durationSchema = z
  .string()
  .regex(/^[1-9][0-9]{0,3}(ms|s|m)$/, 'a whole number up to 9999 with ms, s or m, such as "90s" or "5m"')
  .meta({ examples: ["90s", "5m"] });

/** A duration that `durationSchema` accepted, in milliseconds. */
export function durationMs(duration: string): number {
  const unit = duration.endsWith("ms") ? "ms" : duration.endsWith("s") ? "s" : "m";
  return Number(duration.slice(0, -unit.length)) * unitMs[unit];
}
