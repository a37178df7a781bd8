/** The decimal with so many digits after the point whose units are a signed number of these bytes, hexadecimal, the highest first. */
export function decimalOfBytes(hex: string, scale: string): string {
  const units = BigInt.asIntN(hex.length * 4, BigInt(`0x0${hex}`));
  const digits = String(units)
    .replace("-", "")
    .padStart(Number(scale) + 1, "0");
  const whole = digits.slice(0, digits.length - Number(scale));
  return `${units < 0n ? "-" : ""}${whole}${scale === "0" ? "" : `.${digits.slice(whole.length)}`}`;
}
