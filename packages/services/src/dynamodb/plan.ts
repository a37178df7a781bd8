import { fileURLToPath } from "node:url";
import type { EmbeddedPlan, EmbeddedRequest } from "../engine.ts";

const host = fileURLToPath(new URL("host.mjs", import.meta.url));

export function plan(request: EmbeddedRequest): EmbeddedPlan {
  return {
    directories: [],
    files: {},
    server: { file: process.execPath, args: [host, request.packages, String(request.ports["port"])], env: {} },
    unprivileged: false,
  };
}
