import { isDeepStrictEqual } from "node:util";
import type { Extraction } from "@rehearse/dataset";
import type { DatasetSource, Snapshot, WantedDigest } from "../engine.ts";
import { digest } from "./digest.ts";
import { extract } from "./extract.ts";
import type { Server } from "./server.ts";

/** Each answer is of one moment by itself: the server has nothing that would hold one for several. `version` is the server's. */
export function openSnapshot(server: Server, version: string): Snapshot {
  return {
    extract: (source, file, wanted) =>
      wanted !== undefined && "table" in source
        ? extractDigested(server, { table: source.table, file, version, ...wanted })
        : extract({ server, source, file }),
    digest: (table, { ignore }) => digest(server, { table, ignore, fromRows: 0, version }),
    [Symbol.asyncDispose]: async () => undefined,
  };
}

interface DigestedRequest extends WantedDigest {
  readonly table: string;
  readonly file: string;
  readonly version: string;
}

/** A table that has one digest before it is read and after had it meanwhile, too. */
async function extractDigested(server: Server, { file, ...request }: DigestedRequest): Promise<Extraction> {
  const source: DatasetSource = { table: request.table };
  const before = await digest(server, request);
  const extraction = await extract({ server, source, file });
  if (before === null) return extraction;
  const stoodStill = isDeepStrictEqual(await digest(server, request), before);
  return stoodStill ? { ...extraction, engineDigest: before.digest } : extraction;
}
