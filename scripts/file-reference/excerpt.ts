import { isMap, isNode, isScalar, parseDocument, type Node } from "yaml";

/** The lines of YAML that a path of keys leads to, under the lines of the keys on the way. Throws where it leads nowhere. */
export function excerpt(yaml: string, path: readonly string[]): string {
  const document = parseDocument(yaml);
  const lines = yaml.split("\n");
  const lineOf = (offset: number): number => yaml.slice(0, offset).split("\n").length - 1;
  const shown: string[] = [];
  let node: Node | null = document.contents;
  for (const [depth, name] of path.entries()) {
    const pair: { key: unknown; value: unknown } | undefined = isMap(node)
      ? node.items.find(({ key }) => isScalar(key) && key.value === name)
      : undefined;
    const [start, end] = [rangeOf(pair?.key)?.[0], rangeOf(pair?.value)?.[1]];
    if (pair === undefined || start === undefined || end === undefined) throw new Error(`There is nothing at ${path.join(".")}.`);
    const isLast = depth === path.length - 1;
    shown.push(...lines.slice(lineOf(start), isLast ? lineOf(end - 1) + 1 : lineOf(start) + 1));
    node = isMap(pair.value) ? pair.value : null;
  }
  return `${shown.join("\n")}\n`;
}

function rangeOf(node: unknown): Node["range"] {
  return isNode(node) ? node.range : undefined;
}
