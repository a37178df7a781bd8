import { clickhouse } from "./clickhouse/index.ts";
import { dynamodb } from "./dynamodb/index.ts";
import type { Engine } from "./engine.ts";
import { postgres } from "./postgres/index.ts";

/** Every engine that the file may name. */
export const engines: readonly Engine[] = [clickhouse, dynamodb, postgres];

/** The engine of that name, or undefined. */
export function engineNamed(name: string): Engine | undefined {
  return engines.find((engine) => engine.name === name);
}
