/**
 * The schema in a Parquet file's footer, which is a struct of Thrift's compact protocol. DuckDB rounds some types without a word; where a column is stripped of
 * what its bytes mean, it reads the bytes, and those are exact.
 */

/** The fields of a SchemaElement that matter here, by the numbers that the format gives them. */
const element = { type: 1, typeLength: 2, children: 5, converted: 6, scale: 7, precision: 8, logical: 10 } as const;
const [int96, fixedBytes, int96Bytes] = [3, 7, 12];

/** A field of a struct: its number, its type in the protocol, and its bytes. */
interface Field {
  readonly id: number;
  readonly type: number;
  readonly value: Buffer;
}

/** The same footer in which the top-level columns with these numbers are plain bytes or integers; INT96 becomes twelve bytes. */
export function withoutMeaning(footer: Buffer, columns: ReadonlySet<number>): Buffer {
  const { fields } = readStruct(footer, 0);
  const schema = fields.find(({ id }) => id === schemaField);
  if (schema === undefined) throw new TypeError("the footer has no schema");
  const list = readListHead(schema.value, 0);
  const elements: Field[][] = [];
  for (let at = list.start; elements.length < list.size;) {
    const read = readStruct(schema.value, at);
    elements.push(read.fields);
    at = read.end;
  }
  const stripped = new Set(topLevel(elements).filter((_, column) => columns.has(column)));
  const written = elements.map((fields, index) => writeStruct(stripped.has(index) ? plain(fields) : fields));
  const value = Buffer.concat([schema.value.subarray(0, list.start), ...written]);
  return writeStruct(fields.map((field) => (field === schema ? { ...field, value } : field)));
}

const schemaField = 2;

/** Where the top-level columns stand in the list, which has each node before its children, the root first. */
function topLevel(elements: readonly (readonly Field[])[]): number[] {
  // How many nodes of the column that began last are still to come.
  let left = 0;
  return elements.flatMap((fields, at) => {
    if (at === 0) return [];
    const begins = left === 0;
    left += numberOf(fields, element.children) - (begins ? 0 : 1);
    return begins ? [at] : [];
  });
}

function plain(fields: readonly Field[]): Field[] {
  const dropped: readonly number[] = [element.converted, element.scale, element.precision, element.logical];
  const kept = fields.filter(({ id }) => !dropped.includes(id));
  if (numberOf(fields, element.type) !== int96) return kept;
  const number = (id: number, value: number): Field => ({ id, type: 5, value: writeNumber(value * 2) });
  const rest = kept.filter(({ id }) => id !== element.type && id !== element.typeLength);
  return [number(element.type, fixedBytes), number(element.typeLength, int96Bytes), ...rest];
}

/** A signed number, which the protocol writes zigzag; 0 where it is not there. */
function numberOf(fields: readonly Field[], id: number): number {
  const field = fields.find((it) => it.id === id);
  return field === undefined ? 0 : readNumber(field.value, 0).value / 2;
}

function readStruct(bytes: Buffer, start: number): { readonly fields: Field[]; readonly end: number } {
  const fields: Field[] = [];
  let [at, id] = [start, 0];
  for (let head = bytes.readUInt8(at); head !== 0; head = bytes.readUInt8(at)) {
    at += 1;
    if (head >> 4 === 0) {
      const number = readNumber(bytes, at);
      [id, at] = [number.value / 2, number.end];
    } else id += head >> 4;
    const end = endOfValue(bytes, at, head & 15);
    fields.push({ id, type: head & 15, value: bytes.subarray(at, end) });
    at = end;
  }
  return { fields, end: at + 1 };
}

function writeStruct(fields: readonly Field[]): Buffer {
  const parts = fields.map(({ id, type, value }, index) => {
    const step = id - (fields[index - 1]?.id ?? 0);
    const head = step >= 1 && step <= 15 ? Buffer.from([(step << 4) | type]) : Buffer.concat([Buffer.from([type]), writeNumber(id * 2)]);
    return Buffer.concat([head, value]);
  });
  return Buffer.concat([...parts, Buffer.from([0])]);
}

function endOfValue(bytes: Buffer, at: number, type: number): number {
  switch (type) {
    case 1:
    case 2:
      return at;
    case 3:
      return at + 1;
    case 4:
    case 5:
    case 6:
      return readNumber(bytes, at).end;
    case 7:
      return at + 8;
    case 8: {
      const length = readNumber(bytes, at);
      return length.end + length.value;
    }
    case 9:
    case 10: {
      const list = readListHead(bytes, at);
      let end = list.start;
      // In a list a boolean takes a byte.
      const isBoolean = list.type === 1 || list.type === 2;
      for (let left = list.size; left > 0; left -= 1) end = isBoolean ? end + 1 : endOfValue(bytes, end, list.type);
      return end;
    }
    case 12:
      return readStruct(bytes, at).end;
    default:
      throw new TypeError(`the footer holds type ${type}, which a Parquet footer has not`);
  }
}

function readListHead(bytes: Buffer, at: number): { readonly size: number; readonly type: number; readonly start: number } {
  const head = bytes.readUInt8(at);
  if (head >> 4 < 15) return { size: head >> 4, type: head & 15, start: at + 1 };
  const size = readNumber(bytes, at + 1);
  return { size: size.value, type: head & 15, start: size.end };
}

/** An unsigned number in pieces of seven bits; what is skipped may be larger than a double holds. */
function readNumber(bytes: Buffer, start: number): { readonly value: number; readonly end: number } {
  let [value, weight, at] = [0, 1, start];
  for (; bytes.readUInt8(at) >= 128; at += 1) {
    value += (bytes.readUInt8(at) & 127) * weight;
    weight *= 128;
  }
  return { value: value + bytes.readUInt8(at) * weight, end: at + 1 };
}

function writeNumber(value: number): Buffer {
  const pieces: number[] = [];
  for (let rest = value; ; rest = Math.floor(rest / 128)) {
    if (rest < 128) return Buffer.from([...pieces, rest]);
    pieces.push((rest % 128) | 128);
  }
}
