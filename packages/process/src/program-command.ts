/** A program to run: an absolute file or a name on PATH (that of `env`), its arguments and the whole of its environment. */
export interface ProgramCommand {
  readonly file: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** Absolute. */
  readonly cwd: string;
}
