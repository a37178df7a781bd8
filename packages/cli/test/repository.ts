import { execFileSync } from "node:child_process";
import { cp, writeFile } from "node:fs/promises";
import path from "node:path";

/** A git repository of a test's own, with what it holds committed as `main`. */
export class Repository {
  readonly root: string;

  private constructor(root: string) {
    this.root = root;
  }

  /** Makes the folder, which is there, a repository. */
  static async make(root: string): Promise<Repository> {
    const repository = new Repository(root);
    repository.git("init", "--quiet", "--initial-branch=main");
    repository.git("config", "user.name", "Test");
    repository.git("config", "user.email", "test@example.com");
    await writeFile(path.join(root, ".gitignore"), ".rehearse/\nnode_modules/\n");
    repository.commit("the base");
    return repository;
  }

  git(...args: readonly string[]): string {
    // In a hook, git's own variables would lead to another repository.
    const { PATH = "", HOME = "" } = process.env;
    return execFileSync("git", args, { cwd: this.root, env: { PATH, HOME }, encoding: "utf8" }).trim();
  }

  /** Commits all that is there; resolves to the commit. */
  commit(message: string): string {
    this.git("add", "--all");
    this.git("commit", "--quiet", "--allow-empty", "--no-verify", `--message=${message}`);
    return this.git("rev-parse", "HEAD");
  }

  /** What git itself knows and what lies beside the tree: a rehearsal of a base changes none of it. */
  state(): string {
    return [
      this.git("status", "--porcelain"),
      this.git("worktree", "list"),
      this.git("for-each-ref"),
      this.git("stash", "list"),
      this.git("diff", "--cached", "--name-only"),
    ].join("\n--\n");
  }

  /** Puts files of another folder over those of the tree. */
  async layOver(folder: string): Promise<void> {
    await cp(folder, this.root, { recursive: true });
  }
}
