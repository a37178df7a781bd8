/** More zeros than these around a number's digits are written as an exponent. */
const mostZeros = 40;

/**
 * The one text of a decimal number by its exact value: 1.0, 1 and 10e-1 are `1`, a sign of zero is kept. Digits without needless zeros, with an exponent
 * (`1.5e+300`) only where more than 40 zeros would be added. A text that is no such number, as `NaN`, stays as it is.
 */
export function canonicalNumber(text: string): string {
  if (plain.test(text)) return text;
  const [, sign = "", whole, fraction = "", exponent = "0"] = decimal.exec(text) ?? [];
  if (whole === undefined) return text;
  const digits = `${whole}${fraction}`.replace(/^0+/, "");
  const point = BigInt(digits.length - fraction.length) + BigInt(exponent);
  return sign + written(digits.replace(/0+$/, ""), point);
}

/** The number 0.digits × 10^point; the digits begin and end with none that is 0. */
function written(digits: string, point: bigint): string {
  if (digits === "") return "0";
  const zerosBehind = point - BigInt(digits.length);
  const first = digits.length > 1 ? `${digits[0]}.${digits.slice(1)}` : digits;
  if (zerosBehind > mostZeros) return `${first}e+${point - 1n}`;
  if (point < -mostZeros) return `${first}e${point - 1n}`;
  const at = Number(point);
  if (at <= 0) return `0.${"0".repeat(-at)}${digits}`;
  return zerosBehind >= 0n ? digits + "0".repeat(Number(zerosBehind)) : `${digits.slice(0, at)}.${digits.slice(at)}`;
}

const decimal = /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([-+]?\d+))?$/;

/** Short numbers that have nothing to be left out, which most are. */
const plain = /^-?(?:0|[1-9]\d{0,39})(?:\.\d{0,39}[1-9])?$/;
