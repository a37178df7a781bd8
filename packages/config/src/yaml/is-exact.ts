/** Whether a number is the very value of the decimal text it was read from. Infinity and NaN that were written as such are. */
export function isExact(value: number, source: string): boolean {
  const written = digitsOf(source);
  return written === undefined || written === digitsOf(String(value));
}

/** A decimal text without what does not change its value: sign and significant digits with their exponent. */
function digitsOf(text: string): string | undefined {
  const [, sign = "", whole = "", fraction = "", exponent = "0"] = /^([-+]?)(\d*)\.?(\d*)(?:e([-+]?\d+))?$/i.exec(text) ?? [];
  if (whole + fraction === "") return undefined;
  const digits = (whole + fraction).replace(/^0+/, "");
  const significant = digits.replace(/0+$/, "");
  if (significant === "") return "0";
  return `${sign === "-" ? "-" : ""}${significant}e${Number(exponent) - fraction.length + digits.length - significant.length}`;
}
