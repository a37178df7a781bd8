import { mkdir, mkdtemp, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { tableEngine } from "@rehearse/dataset";
import { cacheDirectory, lockedPackages } from "@rehearse/providers";
import { engineNamed } from "@rehearse/services";
import { checkOutAction } from "./action-checkout.ts";

const clickhouse = engineNamed("clickhouse");
/** An address at which nothing answers. */
const nowhere = "http://127.0.0.1:9/";

/** Our repository as an action that workflows use, and what a runner has in its cache. */
export class ActionWorkplace implements AsyncDisposable {
  readonly #root: string;
  /** The checkout, for `uses: acme/rehearse@v1`. */
  readonly actions: Readonly<Record<string, string>>;

  private constructor(root: string) {
    this.#root = root;
    this.actions = { "acme/rehearse@v1": path.join(root, "action") };
  }

  static async make(): Promise<ActionWorkplace> {
    await using undo = new AsyncDisposableStack();
    const place = undo.use(new ActionWorkplace(await mkdtemp(path.join(tmpdir(), "aw-"))));
    await checkOutAction(path.join(place.#root, "action"));
    undo.move();
    return place;
  }

  /** The variables of a runner that has everything in its cache and cannot reach npm's registry. */
  async offline(): Promise<Record<string, string>> {
    const cache = cacheDirectory();
    for (const it of [tableEngine, { ...clickhouse, packages: clickhouse.embedded.packages }]) await fetched(it, cache);
    return { REHEARSE_CACHE: cache, npm_config_registry: nowhere };
  }

  /** The variables of a runner that reaches npm's registry as we do, and whose cache has the database, but no table engine yet. */
  async withoutTableEngine(): Promise<Record<string, string>> {
    const files = await fetched({ ...clickhouse, packages: clickhouse.embedded.packages }, cacheDirectory());
    const engines = path.join(this.#root, "cache", "engines");
    await mkdir(engines, { recursive: true });
    await symlink(path.dirname(files), path.join(engines, path.basename(path.dirname(files))));
    const network = Object.entries(process.env).filter(([name]) => /^(?:npm_config_.*|.*_proxy|node_extra_ca_certs)$/i.test(name));
    return { ...Object.fromEntries(network.map(([name, value = ""]) => [name, value])), REHEARSE_CACHE: path.dirname(engines) };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await rm(this.#root, { recursive: true, force: true });
  }
}

function fetched(it: Pick<Parameters<typeof lockedPackages>[0], "name" | "title" | "packages">, cache: string): Promise<string> {
  return lockedPackages({ ...it, cache, signal: AbortSignal.any([]), onProgress: () => {} });
}
