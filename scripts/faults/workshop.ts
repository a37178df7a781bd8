import { execFileSync } from "node:child_process";
import {
  chmodSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  readlinkSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { type Fault, withFault } from "./fault.ts";

/** A copy of the repository's files, in which faults are planted: the tree itself is never touched. */
export interface Workshop extends AsyncDisposable {
  readonly root: string;
  /** Where what the tests leave behind goes with the copy. */
  readonly temporary: string;
  /** Plants a fault; disposing takes it out again. */
  readonly plant: (fault: Fault) => Disposable;
}

/** Copies all files that git knows or would take; packages are links to those that are installed. */
export async function openWorkshop(tree: string): Promise<Workshop> {
  const folder = await mkdtemp(path.join(os.tmpdir(), "rf-"));
  // An engine that root starts runs as somebody else, who must get through.
  chmodSync(folder, 0o755);
  const root = path.join(folder, "tree");
  const temporary = path.join(folder, "t");
  mkdirSync(temporary, { mode: 0o1777 });
  chmodSync(temporary, 0o1777);
  const listed = execFileSync("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"], { cwd: tree, maxBuffer: 2 ** 28 });
  for (const file of listed.toString().split("\0")) {
    if (file === "" || !existsSync(path.join(tree, file))) continue;
    cpSync(path.join(tree, file), path.join(root, file), { recursive: true, verbatimSymlinks: true });
  }
  linkPackages(tree, root);
  return {
    root,
    temporary,
    plant: (fault) => {
      const file = path.join(root, fault.file);
      const content = readFileSync(file, "utf8");
      writeFileSync(file, withFault(content, fault));
      return { [Symbol.dispose]: () => writeFileSync(file, content) };
    },
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true, maxRetries: 5 }),
  };
}

/** Packages of others by a link to where they are; our own by the same relative link, which leads into the copy. */
function linkPackages(tree: string, root: string): void {
  const places = ["node_modules", ...readdirSync(path.join(tree, "packages")).map((name) => path.join("packages", name, "node_modules"))];
  for (const place of places) {
    const from = path.join(tree, place);
    if (!existsSync(from)) continue;
    mkdirSync(path.join(root, place), { recursive: true });
    for (const name of readdirSync(from)) {
      if (name.startsWith(".") && name !== ".bin") continue;
      linkPackage(path.join(from, name), path.join(root, place, name));
    }
  }
}

function linkPackage(from: string, to: string): void {
  if (lstatSync(from).isSymbolicLink()) symlinkSync(readlinkSync(from), to);
  else if (path.basename(from) === "@rehearse") {
    mkdirSync(to);
    for (const name of readdirSync(from)) linkPackage(path.join(from, name), path.join(to, name));
  } else symlinkSync(from, to);
}
