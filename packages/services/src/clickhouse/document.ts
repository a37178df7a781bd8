import { sourceAlias } from "./identifier.ts";
import { ask, type Server } from "./server.ts";

/** The settings with which the text of a document is read as what JSON shows: dates and times stay text. */
export const plainReading = { input_format_try_infer_dates: 0, input_format_try_infer_datetimes: 0 } as const;

/** What stands after FROM for a view or query whose documents are read: within it the settings are what they are without `plainReading`. */
export async function guarded(server: Server, from: string): Promise<string> {
  const names = Object.keys(plainReading);
  const asked = names.map((name) => `toString(getSetting('${name}')) AS ${name}`).join(", ");
  const [values = {}] = await ask<Record<string, string>>(server.reader, `SELECT ${asked}`);
  const settings = names.map((name) => `${name} = ${values[name] ?? "1"}`).join(", ");
  return `(SELECT * FROM ${from} AS ${sourceAlias} SETTINGS ${settings})`;
}
