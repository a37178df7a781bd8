export { clickhouse } from "./engine.ts";
