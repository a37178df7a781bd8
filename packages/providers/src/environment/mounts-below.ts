import { readFileSync } from "node:fs";

/** Where somebody mounted a file system at this path or below it, as this process sees it; on platforms that do not tell, nothing. */
export function mountsBelow(path: string): ReadonlySet<string> {
  const points = mountTable()
    .split("\n")
    .map((line) => plain(line.split(" ")[4] ?? ""));
  return new Set(points.filter((point) => point === path || point.startsWith(`${path}/`)));
}

function mountTable(): string {
  try {
    return readFileSync("/proc/self/mountinfo", "utf8");
  } catch {
    return "";
  }
}

/** The kernel writes blanks and line breaks in a path as octal numbers. */
const plain = (escaped: string): string =>
  escaped.replaceAll(/\\([0-7]{3})/g, (_, octal: string) => String.fromCodePoint(parseInt(octal, 8)));
