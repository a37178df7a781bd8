/** Whether a number is the very value of the decimal text it was read from. */
export function isExact(value: number, source: string): boolean {
  return digitsOf(source) === digitsOf(String(value));
}

/** A decimal text without what does not change its value: sign and significant digits with their exponent. */
function digitsOf(text: string): string {
  const [, sign = "", whole = "", fraction = "", exponent = "0"] = /^([-+]?)(\d*)\.?(\d*)(?:e([-+]?\d+))?$/i.exec(text) ?? [];
  const digits = (whole + fraction).replace(/^0+/, "");
  const significant = digits.replace(/0+$/, "");
  if (significant === "") return "0";
  return `${sign === "-" ? "-" : ""}${significant}e${Number(exponent) - fraction.length + digits.length - significant.length}`;
}
