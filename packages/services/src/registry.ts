import { clickhouse } from "./clickhouse/index.ts";
import { dynamodb } from "./dynamodb/index.ts";
import type { Engine } from "./engine.ts";
import { postgres } from "./postgres/index.ts";

/** Every engine that the file may name. */
export const engines: readonly Engine[] = [clickhouse, dynamodb, postgres];

/** The engine of that name, which the configuration has checked. */
export function engineNamed(name: string): Engine {
  const found = engines.find((engine) => engine.name === name);
  if (found === undefined) throw new Error(`no engine is named ${name}`);
  return found;
}
