import type { Revision } from "./find-revision.ts";
import { gitAnswer, type GitCall } from "./git.ts";

/** What says which packages a program is run with. */
const lockFiles = [
  "package-lock.json",
  "npm-shrinkwrap.json",
  "pnpm-lock.yaml",
  "yarn.lock",
  "bun.lock",
  "requirements.txt",
  "poetry.lock",
  "uv.lock",
];

/** What a reader must know of a commit that is compared with the work tree. */
export async function revisionNotes({ repository, commit }: Revision, signal: AbortSignal): Promise<string[]> {
  const call = { cwd: repository, signal };
  const short = commit.slice(0, 7);
  const [changed, itself] = await Promise.all([changedLockFiles(commit, call), isUnchanged(commit, call)]);
  const locks = changed.map(
    (name) => `${name} was another at commit ${short}, which was rehearsed with the packages that are installed now`,
  );
  return [...(itself ? [`what was rehearsed is commit ${short} itself: there is no change to compare it with`] : []), ...locks];
}

async function changedLockFiles(commit: string, call: GitCall): Promise<string[]> {
  const paths = lockFiles.map((name) => `:(top,glob)**/${name}`);
  const changed = await gitAnswer(["diff", "--name-only", "-z", commit, "--", ...paths], call);
  return (changed ?? "").split("\0").filter((name) => name !== "");
}

/** Whether the work tree is that commit. */
async function isUnchanged(commit: string, call: GitCall): Promise<boolean> {
  const [head, changes] = await Promise.all([
    gitAnswer(["rev-parse", "HEAD"], call),
    gitAnswer(["status", "--porcelain", "--ignore-submodules=none"], call),
  ]);
  return head === commit && changes === "";
}
