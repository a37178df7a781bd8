/** A decimal as a whole number of units of 10^-scale. */
export interface ScaledDecimal {
  readonly units: bigint;
  readonly scale: number;
}

/** Beyond this many digits a number tells a reader nothing. */
export const longestExponent = 1000;

/** What the text of a finite decimal looks like, with at most three digits of exponent. */
const finite = /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([-+]?\d+))?$/;

/** Reads `-1.20`, `3e-7`; null for what is no finite number, or has an exponent beyond 1000. */
export function parseDecimal(text: string): ScaledDecimal | null {
  const match = finite.exec(text);
  if (match === null) return null;
  const [, sign = "", whole = "", fraction = "", exponent = "0"] = match;
  if (Math.abs(Number(exponent)) > longestExponent) return null;
  const scale = fraction.length - Number(exponent);
  const units = BigInt(`${sign}${whole}${fraction}`);
  return { units: units * 10n ** BigInt(Math.max(-scale, 0)), scale: Math.max(scale, 0) };
}

/** The same decimal in units of 10^-scale, where that is not coarser. */
export function rescale({ units, scale: from }: ScaledDecimal, scale: number): bigint {
  return units * 10n ** BigInt(scale - from);
}

/** A decimal with exactly `scale` digits after the point. */
export function decimalText({ units, scale }: ScaledDecimal): string {
  const magnitude = String(units)
    .replace("-", "")
    .padStart(scale + 1, "0");
  const whole = magnitude.slice(0, magnitude.length - scale);
  return `${units < 0n ? "-" : ""}${whole}${scale === 0 ? "" : `.${magnitude.slice(-scale)}`}`;
}

/** The same decimal without zeros at the end that say nothing. */
export function shortestDecimal({ units, scale }: ScaledDecimal): ScaledDecimal {
  const digits = String(units);
  const zeros = Math.min(scale, units === 0n ? scale : digits.length - digits.replace(/0+$/, "").length);
  return { units: units / 10n ** BigInt(zeros), scale: scale - zeros };
}
