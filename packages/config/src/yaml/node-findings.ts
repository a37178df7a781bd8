import { isAlias, isMap, isScalar, isSeq, type Document, type Node, type YAMLMap } from "yaml";
import { describe, type Finding, type Path } from "../finding.ts";
import { isExact } from "./is-exact.ts";
import { keyText, resolveAlias } from "./locate.ts";

/** A finding of the syntax tree. After a fatal one there is no plain value. */
export interface NodeFinding extends Finding {
  readonly fatal?: boolean;
}

/** More values than any scenario has; aliases of aliases can stand for billions. */
const mostNodes = 20_000;
const deepest = 50;

/** What a plain value would hide: duplicate keys, keys that are not text, inexact numbers, aliases that lead nowhere or in a circle. */
export function nodeFindings(document: Document.Parsed): NodeFinding[] {
  return [...findingsIn(document.contents, { document, path: [], ancestors: [], counter: { visited: 0 } })];
}

interface Walk {
  readonly document: Document.Parsed;
  readonly path: Path;
  readonly ancestors: readonly Node[];
  readonly counter: { visited: number };
}

function* findingsIn(node: unknown, walk: Walk): Generator<NodeFinding> {
  walk.counter.visited += 1;
  if (walk.counter.visited > mostNodes || walk.path.length > deepest) {
    if (walk.counter.visited < Infinity) yield tooLarge(walk.path);
    walk.counter.visited = Infinity;
  } else if (isAlias(node)) yield* aliasFindings(node, walk);
  else if (isScalar(node)) yield* numberFindings(node, walk.path);
  else if (isSeq(node)) {
    for (const [index, item] of node.items.entries()) yield* findingsIn(item, below(walk, node, index));
  } else if (isMap(node)) {
    yield* keyFindings(node, walk.path);
    for (const pair of node.items) yield* findingsIn(pair.value, below(walk, node, keyText(pair.key)));
  }
}

function below(walk: Walk, node: Node, segment: string | number): Walk {
  return { ...walk, path: [...walk.path, segment], ancestors: [...walk.ancestors, node] };
}

function* aliasFindings(alias: Node, walk: Walk): Generator<NodeFinding> {
  const { path } = walk;
  const target = resolveAlias(walk.document, alias);
  if (target === null) yield { path, fatal: true, message: "alias without an anchor", expected: "an anchor above it", got: String(alias) };
  else if (walk.ancestors.includes(target)) {
    yield { path, fatal: true, message: "alias of what it lies in", expected: "an anchor of something else", got: String(alias) };
  } else {
    // What is wrong behind the alias is said where the anchor is; here only circles and size matter.
    for (const finding of findingsIn(target, walk)) if (finding.fatal === true) yield finding;
  }
}

function* keyFindings(map: YAMLMap, path: Path): Generator<NodeFinding> {
  const counts = new Map<string, number>();
  for (const { key } of map.items) {
    const text = keyText(key);
    counts.set(text, (counts.get(text) ?? 0) + 1);
    // A plain object has no such key of its own, so that whatever it holds would be passed over.
    const usable = isScalar(key) && text !== "__proto__";
    if (!usable)
      yield { path: [...path, text], at: "key", fatal: true, message: "not usable as a key", expected: "a word", got: describe(text) };
  }
  for (const [key, count] of counts) {
    if (count === 1) continue;
    yield { path: [...path, key], at: "key", message: "duplicate key", expected: "each key once", got: `${describe(key)} ${count} times` };
  }
}

function* numberFindings(scalar: { readonly value: unknown; readonly source?: string }, path: Path): Generator<NodeFinding> {
  // What is not finite is refused by its type, wherever it stands.
  if (
    typeof scalar.value !== "number" ||
    !Number.isFinite(scalar.value) ||
    scalar.source === undefined ||
    isExact(scalar.value, scalar.source)
  )
    return;
  yield { path, message: "a number with more digits than are kept", expected: "the number in quotes", got: scalar.source };
}

function tooLarge(path: Path): NodeFinding {
  const expected = `at most ${mostNodes} values, aliases followed, and ${deepest} levels`;
  return { path: path.slice(0, 4), fatal: true, message: "the file holds too much", expected, got: "more" };
}
