import { existsSync } from "node:fs";
import { listEnvironments } from "@rehearse/providers";
import { connectionFile, readConnectionFile } from "./environment/connection-file.ts";
import { secretsOf } from "./environment/secrets-of.ts";

/** The secrets of an environment that is still up; those of one that is gone open nothing any more. */
export async function leftSecrets(id: string): Promise<string[]> {
  const directory = listEnvironments().find((one) => one.id === id)?.directory ?? null;
  if (directory === null || !existsSync(connectionFile(directory))) return [];
  const variables = await readConnectionFile(connectionFile(directory));
  const named = [
    ["USER", "PASSWORD"],
    ["ACCESS_KEY_ID", "SECRET_ACCESS_KEY"],
  ] as const;
  return named.flatMap(([user, password]) =>
    Object.keys(variables)
      .filter((name) => name.endsWith(`_${password}`))
      .flatMap((name) => secretsOf({ user: variables[name.slice(0, -password.length) + user] ?? "", password: variables[name] ?? "" })),
  );
}
