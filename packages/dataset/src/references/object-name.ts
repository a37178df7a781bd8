const folder = "sha256";
const name = /(?:^|\/)sha256\/([0-9a-f]{2})\/(\1[0-9a-f]{62})\.parquet$/;

/** Where bytes lie in a store or cache, by their SHA-256: the steps of a path, so that no folder has too many entries. */
export function objectSteps(sha256: string): readonly [string, string, string] {
  return [folder, sha256.slice(0, 2), `${sha256}.parquet`];
}

/** The SHA-256 that a path in a store says it holds; null for everything that is not named so. */
export function sha256OfName(path: string): string | null {
  return name.exec(path)?.[2] ?? null;
}
