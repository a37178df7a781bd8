import { didYouMean, messageOf } from "@rehearse/errors";
import { qualified, tableNamed } from "./identifier.ts";
import { ask, type Server } from "./server.ts";

/** The column that a refused field of a row most likely means, as the end of a sentence: the server names the field alone. Empty where it says another thing. */
export async function nearColumn(
  refusal: unknown,
  { table, server }: { readonly table: string; readonly server: Server },
): Promise<string> {
  const [, field] = /Unknown field found while parsing \w+ format: (.+): \(at row/s.exec(messageOf(refusal)) ?? [];
  if (field === undefined) return "";
  // Whatever is wrong now, the refusal is the story.
  const columns = await ask<{ name: string }>(server.reader, `DESCRIBE TABLE ${qualified(tableNamed(table, server.service))}`).catch(
    () => [],
  );
  return didYouMean(
    field,
    columns.map(({ name }) => name),
  );
}
