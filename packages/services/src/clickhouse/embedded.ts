import { assetPath } from "@rehearse/assets";
import type { EmbeddedPlan, EmbeddedRecipe, EmbeddedRequest } from "../engine.ts";
import { portNames, portOf } from "./address.ts";
import { configXml, usersXml } from "./config-files.ts";

const host = assetPath("packages/services/src/clickhouse/host.mjs");

function plan(request: EmbeddedRequest): EmbeddedPlan {
  const { packages, directory, service, credentials } = request;
  const ports = [portOf(request, "http"), portOf(request, "tcp")].map(String);
  return {
    directories: [],
    files: { "config.xml": configXml(directory), "users.xml": usersXml({ credentials, database: service }) },
    server: { file: process.execPath, args: [host, packages, directory, service, ...ports], env: { TZ: "UTC" } },
    unprivileged: false,
  };
}

/** The genuine ClickHouse server in this machine's processes: its shared library, run by `host.mjs`. */
export const embedded: EmbeddedRecipe = {
  packages: { folder: assetPath("packages/services/src/clickhouse/packages"), megabytes: 178 },
  portNames,
  plan,
};
