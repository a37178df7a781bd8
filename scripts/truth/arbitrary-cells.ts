import type { CanonicalType, Cell } from "@rehearse/dataset";
import fc from "fast-check";
import { valuesOf } from "../../packages/dataset/test/support/nasty-values.ts";

/** A cell of a type in canonical text: NULL, one of few values so that keys and rows meet, one that has gone wrong somewhere, or any. */
export function arbitraryCell(type: CanonicalType): fc.Arbitrary<Cell> {
  const any = anyValue(type);
  const nasty = valuesOf(type);
  return fc.oneof(
    { weight: 1, arbitrary: fc.constant(null) },
    ...(nasty.length === 0
      ? []
      : [
          { weight: 3, arbitrary: fc.constantFrom<Cell>(...nasty.slice(0, 3)) },
          { weight: 3, arbitrary: fc.constantFrom<Cell>(...nasty) },
        ]),
    ...(any === null ? [] : [{ weight: 4, arbitrary: any }]),
  );
}

const integers = /^(u?)int(\d+)$/;
const decimals = /^decimal\((\d+),(\d+)\)$/;
const lists = /^list\((.*)\)$/;

/** Any value of a type, null where only the known ones are used. */
function anyValue(type: CanonicalType): fc.Arbitrary<string> | null {
  const [, unsigned, bits] = integers.exec(type) ?? [];
  if (bits !== undefined) {
    const top = 2n ** BigInt(Number(bits) - (unsigned === "u" ? 0 : 1));
    return fc.bigInt({ min: unsigned === "u" ? 0n : -top, max: top - 1n }).map(String);
  }
  const [, precision, scale] = decimals.exec(type) ?? [];
  if (precision !== undefined && scale !== undefined) return decimal(Number(precision), Number(scale));
  const [, element] = lists.exec(type) ?? [];
  if (element !== undefined) {
    const inner = arbitraryCell(element as CanonicalType);
    // A composite stands in a composite as itself, everything else as a string.
    const text = (cell: Cell): string => (cell !== null && /^(list|map|struct)\(/.test(element) ? cell : JSON.stringify(cell));
    return fc.array(inner, { maxLength: 4 }).map((cells) => `[${cells.map(text).join(",")}]`);
  }
  return plain[type] ?? null;
}

function decimal(precision: number, scale: number): fc.Arbitrary<string> {
  const most = 10n ** BigInt(precision) - 1n;
  return fc.bigInt({ min: -most, max: most }).map((digits) => {
    const magnitude = String(digits < 0n ? -digits : digits).padStart(scale + 1, "0");
    const whole = magnitude.slice(0, magnitude.length - scale);
    return `${digits < 0n ? "-" : ""}${whole}${scale === 0 ? "" : `.${magnitude.slice(-scale)}`}`;
  });
}

const two = (value: number): string => String(value).padStart(2, "0");
const day = fc
  .date({ min: new Date("0001-01-01T00:00:00Z"), max: new Date("9999-12-31T23:59:59Z"), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));
const timeOfDay = (fraction: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  fc.tuple(fc.nat(23), fc.nat(59), fc.nat(59), fraction).map(([h, m, s, part]) => `${two(h)}:${two(m)}:${two(s)}.${part}`);
const micros = fc.nat(999_999).map((value) => String(value).padStart(6, "0"));
const nanos = fc.nat(999_999_999).map((value) => String(value).padStart(9, "0"));
// What 64 bits of nanoseconds reach.
const nearDay = fc
  .date({ min: new Date("1680-01-01T00:00:00Z"), max: new Date("2260-12-31T00:00:00Z"), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));
const float = (bytes: 4 | 8): fc.Arbitrary<string> =>
  fc.uint8Array({ minLength: bytes, maxLength: bytes }).map((bits) => {
    const view = new DataView(bits.buffer, bits.byteOffset);
    return bytes === 4 ? float32Text(view.getFloat32(0)) : float64Text(view.getFloat64(0));
  });

// fast-check's own unit "binary" keeps a table of all of them, which takes the collector of garbage a seventh of the whole time.
const codePoint = fc
  .oneof(fc.nat(0x7f), fc.nat(0x10ffff))
  .map((point) => String.fromCodePoint(point >= 0xd800 && point <= 0xdfff ? 0xfffd : point));

const plain: Partial<Record<CanonicalType, fc.Arbitrary<string>>> = {
  text: fc.string({ unit: codePoint, maxLength: 12 }),
  bytes: fc.uint8Array({ maxLength: 12 }).map((bytes) => Buffer.from(bytes).toString("hex")),
  uuid: fc.uuid(),
  date: day,
  time: timeOfDay(micros),
  time_ns: timeOfDay(nanos),
  timestamp: fc.tuple(day, timeOfDay(micros)).map(([date, time]) => `${date} ${time}`),
  timestamptz: fc.tuple(day, timeOfDay(micros)).map(([date, time]) => `${date} ${time}+00`),
  timestamp_ns: fc.tuple(nearDay, timeOfDay(nanos)).map(([date, time]) => `${date} ${time}`),
  timestamptz_ns: fc.tuple(nearDay, timeOfDay(nanos)).map(([date, time]) => `${date} ${time}+00`),
  interval: fc
    .tuple(fc.integer({ min: -1000, max: 1000 }), fc.integer({ min: -1000, max: 1000 }), fc.bigInt({ min: -(10n ** 12n), max: 10n ** 12n }))
    .map(([months, days, us]) => `${months} mon ${days} day ${us} us`),
  float32: float(4),
  float64: float(8),
};

/** The shortest decimal that reads back as the same double, as canonical texts have it. */
export function float64Text(value: number): string {
  return Object.is(value, -0) ? "-0" : String(value);
}

/** The same for a float of 32 bits: the shortest that rounds back to it. */
export function float32Text(value: number): string {
  if (!Number.isFinite(value) || value === 0) return float64Text(value);
  for (let digits = 1; digits <= 9; digits += 1) {
    const text = Number(value.toPrecision(digits));
    if (Math.fround(text) === value) return String(text);
  }
  return String(value);
}
