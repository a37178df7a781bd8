import { writeFile } from "node:fs/promises";
import { binary, int, list, struct, structBytes, type ThriftField, type ThriftValue } from "./thrift-compact.ts";

/** A node of a file's schema: a column of some bytes a row, or a group of nodes. */
export type PlainNode =
  | {
      readonly name: string;
      readonly physical: number;
      readonly length?: number;
      readonly fields?: readonly ThriftField[];
      readonly rows: readonly Buffer[];
    }
  | { readonly name: string; readonly children: readonly PlainNode[] };

/** The numbers that Parquet gives physical types. */
export const physical = { int32: 1, int64: 2, int96: 3, bytes: 6, fixed: 7 } as const;

/** Writes a Parquet file without compression, encodings or NULLs, byte by byte: types that no other writer at hand makes. */
export async function writePlainParquet(file: string, columns: readonly PlainNode[]): Promise<void> {
  const leaves = columns.flatMap((column) => leavesOf(column, []));
  const count = leaves[0]?.rows.length ?? 0;
  let at = 4;
  const pages = leaves.map(({ rows, ...leaf }) => {
    const data = Buffer.concat([...rows]);
    const dataPage = struct([1, int(count)], [2, int(0)], [3, int(3)], [4, int(3)]);
    const head = structBytes([
      [1, int(0)],
      [2, int(data.length)],
      [3, int(data.length)],
      [5, dataPage],
    ]);
    const bytes = Buffer.concat([head, data]);
    const offset = at;
    at += bytes.length;
    return { ...leaf, bytes, offset };
  });
  const chunks = pages.map(({ physical: type, path, bytes, offset }) => {
    const size = int(bytes.length, 64);
    const meta = struct(
      [1, int(type)],
      [2, list([int(0)])],
      [3, list(path.map(binary))],
      [4, int(0)],
      [5, int(count, 64)],
      [6, size],
      [7, size],
      [9, int(offset, 64)],
    );
    return struct([2, int(offset, 64)], [3, meta]);
  });
  const root = struct([4, binary("schema")], [5, int(columns.length)]);
  const rowGroup = struct([1, list(chunks)], [2, int(at - 4, 64)], [3, int(count, 64)]);
  const footer = structBytes([
    [1, int(1)],
    [2, list([root, ...columns.flatMap(elementsOf)])],
    [3, int(count, 64)],
    [4, list([rowGroup])],
  ]);
  const length = Buffer.alloc(4);
  length.writeUInt32LE(footer.length);
  await writeFile(file, Buffer.concat([Buffer.from("PAR1"), ...pages.map(({ bytes }) => bytes), footer, length, Buffer.from("PAR1")]));
}

/** Eight bytes of nanoseconds and four of the Julian day, the lowest first. */
export function int96(day: bigint, nanoseconds: bigint): Buffer {
  const bytes = Buffer.alloc(12);
  bytes.writeBigUInt64LE(nanoseconds);
  bytes.writeUInt32LE(Number(day), 8);
  return bytes;
}

export function int64(value: bigint): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigInt64LE(value);
  return bytes;
}

function leavesOf(node: PlainNode, above: readonly string[]): { physical: number; path: string[]; rows: readonly Buffer[] }[] {
  const path = [...above, node.name];
  return "children" in node
    ? node.children.flatMap((child) => leavesOf(child, path))
    : [{ physical: node.physical, path, rows: node.rows }];
}

function elementsOf(node: PlainNode): ThriftValue[] {
  if ("children" in node)
    return [struct([3, int(0)], [4, binary(node.name)], [5, int(node.children.length)]), ...node.children.flatMap(elementsOf)];
  const { length, fields = [] } = node;
  return [
    struct(
      [1, int(node.physical)],
      ...(length === undefined ? [] : ([[2, int(length)]] as const)),
      [3, int(0)],
      [4, binary(node.name)],
      ...fields,
    ),
  ];
}
