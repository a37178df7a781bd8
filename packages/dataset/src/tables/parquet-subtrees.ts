/** A node of a Parquet schema: its name, how many children it has, and what else was asked. */
export type SchemaNode = readonly (string | null)[];

/** The nodes of each column, the column's own first. The list has every node before its children, the root of all first. */
export function parquetSubtrees(nodes: readonly SchemaNode[]): (readonly SchemaNode[])[] {
  const subtrees: (readonly SchemaNode[])[] = [];
  for (let at = 1; at < nodes.length;) {
    const end = afterSubtree(nodes, at);
    subtrees.push(nodes.slice(at, end));
    at = end;
  }
  return subtrees;
}

/** Where the subtree of the node at this place ends. */
export function afterSubtree(nodes: readonly SchemaNode[], at: number): number {
  let next = at + 1;
  for (let children = Number(nodes[at]?.[1]); children > 0; children -= 1) next = afterSubtree(nodes, next);
  return next;
}
