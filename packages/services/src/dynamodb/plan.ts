import { assetPath } from "@rehearse/assets";
import type { EmbeddedPlan, EmbeddedRequest } from "../engine.ts";

const host = assetPath("packages/services/src/dynamodb/host.mjs");

export function plan(request: EmbeddedRequest): EmbeddedPlan {
  return {
    directories: [],
    files: {},
    // Documents pass through its memory once: with room for them, it collects garbage less often.
    server: { file: process.execPath, args: ["--max-semi-space-size=64", host, request.packages, String(request.ports["port"])], env: {} },
    unprivileged: false,
  };
}
