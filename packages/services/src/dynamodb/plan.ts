import { getCompileCacheDir } from "node:module";
import { totalmem } from "node:os";
import { dirname } from "node:path";
import { assetPath } from "@rehearse/assets";
import type { EmbeddedPlan, EmbeddedRequest } from "../engine.ts";

const host = assetPath("packages/services/src/dynamodb/host.mjs");

/** Where our own program keeps what it compiled, in a folder for its version of Node: half of the work of a start is to compile. */
const compiled = getCompileCacheDir();

// Items are texts in its heap, which by itself may have a quarter of the machine's memory.
const heapMegabytes = Math.floor(totalmem() / 2 ** 20);

export function plan(request: EmbeddedRequest): EmbeddedPlan {
  return {
    directories: [],
    files: {},
    server: {
      file: process.execPath,
      // Documents pass through its memory once: with room for them from the start, it collects garbage less often.
      args: [
        "--min-semi-space-size=16",
        "--max-semi-space-size=64",
        `--max-old-space-size=${heapMegabytes}`,
        host,
        request.packages,
        String(request.ports["port"]),
      ],
      env: compiled === undefined ? {} : { NODE_COMPILE_CACHE: dirname(compiled) },
    },
    unprivileged: false,
  };
}
