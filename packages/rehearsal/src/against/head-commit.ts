import { RehearseError } from "@rehearse/errors";
import { gitAnswer } from "./git.ts";

/**
 * The commit that is checked out where a folder lies, with `+changes` where files of the work tree differ from it; null where there is no repository, no
 * commit yet, or no git.
 */
export async function headCommit(directory: string, signal: AbortSignal): Promise<string | null> {
  const call = { cwd: directory, signal };
  try {
    const [commit, changes] = await Promise.all([
      gitAnswer(["rev-parse", "--verify", "--quiet", "HEAD"], call),
      gitAnswer(["status", "--porcelain", "--untracked-files=no"], call),
    ]);
    return commit === null || changes === null ? null : changes === "" ? commit : `${commit}+changes`;
  } catch (error) {
    if (error instanceof RehearseError && error.code === "PROCESS_NOT_STARTED") return null;
    throw error;
  }
}
