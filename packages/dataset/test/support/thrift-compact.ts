/** A value of Thrift's compact protocol: its type there, and its bytes. Written apart from how the product reads it. */
export interface ThriftValue {
  readonly type: number;
  readonly bytes: Buffer;
  /** The same in a list, where a boolean takes a byte. */
  readonly inList?: { readonly type: number; readonly bytes: Buffer };
}

export type ThriftField = readonly [id: number, value: ThriftValue];

export function bool(value: boolean): ThriftValue {
  const type = value ? 1 : 2;
  return { type, bytes: Buffer.alloc(0), inList: { type, bytes: Buffer.from([type]) } };
}

export function byte(value: number): ThriftValue {
  return { type: 3, bytes: Buffer.from([value]) };
}

/** A signed number of 16, 32 or 64 bits. */
export function int(value: number | bigint, bits: 16 | 32 | 64 = 32): ThriftValue {
  const number = BigInt(value);
  return { type: { 16: 4, 32: 5, 64: 6 }[bits], bytes: varint(number < 0n ? -2n * number - 1n : 2n * number) };
}

export function double(value: number): ThriftValue {
  const bytes = Buffer.alloc(8);
  bytes.writeDoubleLE(value);
  return { type: 7, bytes };
}

export function binary(value: string | Buffer): ThriftValue {
  const bytes = Buffer.from(value);
  return { type: 8, bytes: Buffer.concat([varint(BigInt(bytes.length)), bytes]) };
}

/** A list, or a set, of values of one type. */
export function list(values: readonly ThriftValue[], type: 9 | 10 = 9): ThriftValue {
  const items = values.map(({ inList, ...value }) => inList ?? value);
  const of = items[0]?.type ?? 12;
  const size = items.length;
  const head = size < 15 ? Buffer.from([size * 16 + of]) : Buffer.concat([Buffer.from([15 * 16 + of]), varint(BigInt(size))]);
  return { type, bytes: Buffer.concat([head, ...items.map(({ bytes }) => bytes)]) };
}

export function struct(...fields: readonly ThriftField[]): ThriftValue {
  return { type: 12, bytes: structBytes(fields) };
}

/** Fields in the order in which they are given. */
export function structBytes(fields: readonly ThriftField[]): Buffer {
  let last = 0;
  const parts = fields.map(([id, { type, bytes }]) => {
    const step = id - last;
    last = id;
    const short = step > 0 && step < 16;
    return Buffer.concat([short ? Buffer.from([step * 16 + type]) : Buffer.from([type]), short ? Buffer.alloc(0) : int(id).bytes, bytes]);
  });
  return Buffer.concat([...parts, Buffer.from([0])]);
}

function varint(value: bigint): Buffer {
  const pieces: number[] = [];
  let rest = value;
  while (rest > 127n) {
    pieces.push(Number(rest & 127n) | 128);
    rest >>= 7n;
  }
  return Buffer.from([...pieces, Number(rest)]);
}
