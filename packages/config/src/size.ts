import { z } from "zod";

const unitBytes = { kB: 1000, MB: 1_000_000, GB: 1_000_000_000 };

/** A size of the file, in the units of disks. */
export const sizeSchema = z
  .string()
  .regex(/^(0|[1-9][0-9]{0,5})(kB|MB|GB)$/, 'a whole number with kB, MB or GB, such as "500kB" or "1MB"')
  .meta({ examples: ["500kB", "1MB"] });

/** A size that `sizeSchema` accepted, in bytes. */
export function sizeBytes(size: string): number {
  const unit = size.endsWith("kB") ? "kB" : size.endsWith("MB") ? "MB" : "GB";
  return Number(size.slice(0, -unit.length)) * unitBytes[unit];
}
