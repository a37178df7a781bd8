import { delimiter, dirname } from "node:path";

export interface CleanEnvironmentRequest {
  /** Absolute paths of empty directories. */
  readonly home: string;
  readonly tmp: string;
  /** What the file declares; wins over what is given here. */
  readonly declared: Readonly<Record<string, string>>;
}

/** The whole environment of a program under test: what is declared, in an otherwise clean one. `node` on PATH is the one that runs Rehearse. */
export function cleanEnvironment({ home, tmp, declared }: CleanEnvironmentRequest): Record<string, string> {
  const node = dirname(process.execPath);
  const path = (process.env["PATH"] ?? "/usr/local/bin:/usr/bin:/bin").split(delimiter).filter((entry) => entry !== node);
  return { PATH: [node, ...path].join(delimiter), HOME: home, TMPDIR: tmp, LANG: "C.UTF-8", TZ: "UTC", ...declared };
}
