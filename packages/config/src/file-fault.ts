import { messageOf } from "@rehearse/errors";

const words: Partial<Record<string, string>> = {
  ENOENT: "no such file",
  ENOTDIR: "no such file",
  EISDIR: "not a file",
  EACCES: "no permission to read it",
};

/** Why a file cannot be read, in words: the system's own begin with a code and say more of its calls than of the file. */
export function fileFault(thrown: unknown): string {
  const code = thrown instanceof Error && "code" in thrown ? String(thrown.code) : "";
  return words[code] ?? messageOf(thrown);
}
