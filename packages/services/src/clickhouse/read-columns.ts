import { ask, type Server } from "./server.ts";

/** A column by its name and the engine's type. */
export interface ReadColumn {
  readonly name: string;
  readonly type: string;
}

/** The columns that reading `from` gives, as SQL after FROM: those that are only computed, or only taken in, are not among them. */
export async function readColumns({ reader }: Pick<Server, "reader">, from: string): Promise<ReadColumn[]> {
  const found = await ask<ReadColumn & { default_type: string }>(reader, `DESCRIBE TABLE ${from}`);
  return found.filter((column) => column.default_type !== "ALIAS" && column.default_type !== "EPHEMERAL");
}
