import type { FilesAssertion } from "@rehearse/config";
import type { FactOf } from "../../model/assertion-fact.ts";
import { fails, holds, type Decision } from "./decision.ts";
import { counted, inRange, rangeWords } from "./range-words.ts";

type File = FactOf<"files">["files"][number];

/** Whether the files that a stage left are what the claim says. */
export function decideFiles(assertion: FilesAssertion, { files, more }: Pick<FactOf<"files">, "files" | "more">): Decision {
  const total = files.length + more;
  if (!inRange(total, assertion.count)) return fails(`expected ${rangeWords(assertion.count, "file")}, got ${counted(total, "file")}`);
  const faults = files.flatMap((file) => faultOf(file, assertion) ?? []);
  const [first] = faults;
  if (first !== undefined) return fails(faults.length === 1 ? first : `${first}, and so with ${counted(faults.length - 1, "more file")}`);
  const { bytes, sha256, contains } = assertion;
  const looksInside = bytes.min > 0 || bytes.max !== undefined || sha256 !== undefined || contains !== undefined;
  return more > 0 && looksInside ? { outcome: "undecided", reason: `of ${total} files only ${files.length} were looked at` } : holds;
}

function faultOf(file: File, { bytes, sha256, contains }: FilesAssertion): string | undefined {
  if (!inRange(file.bytes, bytes)) return `${file.path} has ${counted(file.bytes, "byte")}, expected ${rangeWords(bytes, "byte")}`;
  if (sha256 !== undefined && file.sha256 !== sha256) return `${file.path} has another SHA-256 than expected: ${file.sha256}`;
  return contains !== undefined && file.holds !== true ? `${file.path} does not hold ${JSON.stringify(contains)}` : undefined;
}
