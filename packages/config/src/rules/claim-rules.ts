import type { Draft } from "../draft.ts";
import { describe, oneOf, type Finding, type Path } from "../finding.ts";
import type { RangeShape } from "../schema/assertion-schema.ts";

/** Claims about the answer to a query, and the others. */
const [queryClaims, otherClaims] = [["equals", "contains", "rows", "empty", "invariant"] as const, ["orphans", "files", "http"] as const];
const claims = [...queryClaims, ...otherClaims];

/** An assertion claims one thing. */
export function* oneClaim(draft: Draft): Iterable<Finding> {
  for (const { path, value, isWhole } of draft.assertions) {
    const made = claims.filter((claim) => value[claim] !== undefined);
    const second = made[1];
    if (made.length === 0 && isWhole) yield { path, message: "claims nothing", expected: oneOf(claims), got: "none of them" };
    if (second !== undefined)
      yield { path: [...path, second], at: "key", message: "a second claim", expected: "one claim an assertion", got: made.join(" and ") };
  }
}

/** Claims about an answer need a query and who answers it; the others ask none. What has ended leaves no more files. */
export function* claimParts(draft: Draft): Iterable<Finding> {
  for (const { path, value, isWhole } of draft.assertions) {
    const other = otherClaims.find((claim) => value[claim] !== undefined);
    const isQuery = other === undefined && queryClaims.some((claim) => value[claim] !== undefined);
    for (const [key, meaning] of [
      ["in", "the service that is asked"],
      ["sql", "one SELECT"],
    ] as const) {
      const given = value[key];
      if (isQuery && isWhole && given === undefined) yield { path: [...path, key], message: "missing", expected: meaning, got: "nothing" };
      if (other !== undefined && given !== undefined) yield { ...unused([...path, key], given), message: `\`${other}\` asks no query` };
    }
    if (other === "files" && value.within !== undefined)
      yield { ...unused([...path, "within"], value.within), message: "what a stage left does not change any more" };
  }
}

function unused(path: Path, given: unknown): Omit<Finding, "message"> {
  return { path, at: "key", expected: `no \`${path.at(-1) ?? ""}\``, got: describe(given) };
}

/** A range that no number is in. */
export function* emptyRanges(draft: Draft): Iterable<Finding> {
  for (const { path, value } of draft.assertions) {
    yield* emptyRange([...path, "rows"], value.rows);
    yield* emptyRange([...path, "files", "count"], value.files?.count);
    yield* emptyRange([...path, "files", "bytes"], value.files?.bytes);
  }
}

function* emptyRange(path: Path, range: RangeShape | undefined): Iterable<Finding> {
  if (range === undefined || typeof range === "bigint") return;
  const { min, max } = range;
  if (min === undefined && max === undefined) yield { path, message: "a range without an end", expected: "min or max", got: "neither" };
  if (min !== undefined && max !== undefined && min > max)
    yield { path, message: "no number is in this range", expected: "a min that is not above max", got: `min ${min}, max ${max}` };
}

/** What is no URL of HTTP, where that can be seen before a service gives its own. */
export function* httpUrls(draft: Draft): Iterable<Finding> {
  for (const { path, value } of draft.assertions) {
    const url = value.http?.url;
    if (url === undefined || url.startsWith("${") || (/^https?:\/\//.test(url) && (url.includes("${") || URL.canParse(url)))) continue;
    yield { path: [...path, "http", "url"], message: "not a URL of HTTP", expected: "http://… or https://…", got: describe(url) };
  }
}
