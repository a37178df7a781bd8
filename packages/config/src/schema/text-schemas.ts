import { z } from "zod";

const name = "[A-Za-z][A-Za-z0-9_-]{0,62}";

/** Names of services, stages and query datasets: they become names of directories and databases. */
export const nameSchema = z.string().regex(new RegExp(`^${name}$`), 'a letter, then letters, digits, "_" or "-"; 63 at most');

/** Names of scenarios: each has its own comment on a pull request, which is found again by this name. */
export const scenarioNameSchema = z.string().regex(/^[a-z0-9][a-z0-9-]{0,62}$/, 'lower-case letters, digits or "-"; 63 at most');

/** `service.table`, split at the first dot; a slash would not survive as the name of a reference's folder. */
export const tableSchema = z
  .string()
  .regex(new RegExp(`^${name}\\.[^/\\\\\\p{Cc}]+$`, "u"), '"service.table"')
  .meta({ examples: ["core.orders", "core.audit.orders"] });

/** `service`, or `service.table`. */
export const targetSchema = z.string().regex(new RegExp(`^${name}(\\.[^/\\\\\\p{Cc}]+)?$`, "u"), '"service" or "service.table"');

/** Text of at least one character. */
export const filledSchema = z.string().min(1, "text that is not empty");

/** A path of the scenario's folder with one of the endings given. */
export function fileSchema(...endings: readonly string[]): z.ZodString {
  const expected = `the path of a file that ends in ${endings.map((ending) => `.${ending}`).join(", ")}`;
  return z.string().regex(new RegExp(`.\\.(${endings.join("|")})$`), expected);
}

/** Text that stands in one line of a report. */
export const lineSchema = z.string().regex(/^[^\p{Cc}]+$/u, "one line of text");

/** A pattern of files below a folder, with one of the endings given, if any are: it can lead nowhere else. */
export function filesSchema(...endings: readonly string[]): z.ZodString {
  const expected = `a pattern of files below the output folder${endings.length === 0 ? "" : ` that ends in ${endings.map((ending) => `.${ending}`).join(", ")}`}`;
  const end = endings.length === 0 ? "" : `\\.(${endings.join("|")})`;
  return z.string().regex(new RegExp(`^(?!/)(?!(.*/)?\\.\\.(/|$))[^\\\\\\p{Cc}]+${end}$`, "u"), expected);
}

export const columnsSchema = z.array(filledSchema).min(1, "at least one column");
