import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmdirSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import type { Workplace } from "./workplace.ts";

/** What is mounted below a workplace; disposing unmounts it, also where a test failed before it could. */
export class Mounts implements Disposable {
  readonly #root: string;

  constructor({ root }: Pick<Workplace, "root">) {
    this.#root = root;
  }

  /** The paths at which something is mounted. */
  get points(): string[] {
    const lines = readFileSync("/proc/mounts", "utf8").split("\n");
    return lines.map((line) => line.split(" ")[1] ?? "").filter((point) => point.startsWith(`${this.#root}/`));
  }

  /** Makes a folder that is a file system of its own, in memory, of so many kilobytes. */
  make(name: string, kilobytes: number): string {
    const point = path.join(this.#root, name);
    mkdirSync(point);
    mount(["-t", "tmpfs", "-o", `size=${kilobytes}k,mode=755`, "none", point]);
    return point;
  }

  makeReadOnly(point: string): void {
    mount(["-o", "remount,ro", point]);
  }

  end(): void {
    for (const point of this.points) spawnSync("umount", ["--lazy", point]);
  }

  [Symbol.dispose](): void {
    this.end();
  }
}

function mount(args: readonly string[]): void {
  const { status, stderr } = spawnSync("mount", args, { encoding: "utf8" });
  if (status !== 0) throw new Error(stderr);
}

/** Whether this user may mount: root may, where no container keeps it from that. */
export function canMount(): boolean {
  const folder = mkdtempSync(path.join(os.tmpdir(), "rt-mount-"));
  const mounted = spawnSync("mount", ["-t", "tmpfs", "none", folder]).status === 0;
  if (mounted) spawnSync("umount", [folder]);
  rmdirSync(folder);
  return mounted;
}
