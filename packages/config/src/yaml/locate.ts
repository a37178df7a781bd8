import { isAlias, isMap, isNode, isScalar, isSeq, type Document, type Node } from "yaml";
import type { Path } from "../finding.ts";

/** The offset of the key or value at a path. A value that is not written is where its key is; what is missing is where its parent's key is. */
export function locate(document: Document.Parsed, path: Path, at: "key" | "value"): number {
  let value: Node | null = document.contents;
  let key: Node | null = null;
  for (const segment of path) {
    const next = step(resolveAlias(document, value), segment);
    if (next === undefined) return offsetOf(key ?? value);
    ({ key, value } = next);
  }
  return offsetOf(at === "key" || !isWritten(value) ? (key ?? value) : value);
}

/** One step down. An item of a list is its own key. */
function step(parent: Node | null, segment: string | number): { key: Node | null; value: Node | null } | undefined {
  if (isSeq(parent) && typeof segment === "number") {
    const item = parent.items[segment];
    return isNode(item) ? { key: item, value: item } : undefined;
  }
  if (!isMap(parent)) return undefined;
  // The last of duplicate keys is the one whose value counts.
  const pair = parent.items.findLast((candidate) => keyText(candidate.key) === segment);
  return pair && { key: isNode(pair.key) ? pair.key : null, value: isNode(pair.value) ? pair.value : null };
}

/** The text that a key has as a property of a plain object. */
export function keyText(key: unknown): string {
  return isScalar<string | number | bigint | boolean | null>(key) && key.value !== null ? `${key.value}` : "";
}

export function resolveAlias(document: Document, node: Node | null): Node | null {
  return isAlias(node) ? (node.resolve(document) ?? null) : node;
}

function isWritten(node: Node | null): boolean {
  return node?.range != null && !(isScalar(node) && node.value === null && node.range[0] === node.range[1]);
}

function offsetOf(node: Node | null): number {
  return node?.range?.[0] ?? 0;
}
