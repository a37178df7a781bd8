/** A number of things with thousands separators: `3,300`. */
export function count(number: number): string {
  return grouped(String(number));
}

/** A number's text with thousands separators before its point; any other text as it is. */
export function grouped(text: string): string {
  return /^-?[1-9]\d{3,}(?:\.\d+)?$/.test(text) ? text.replace(/(?<!\.\d*)\B(?=(?:\d{3})+(?:\.|$))/g, ",") : text;
}

/** A difference with its sign: `+25`, `−3`. What is no number stays as it is. */
export function signed(delta: string): string {
  if (!/^-?\d/.test(delta)) return delta;
  if (delta.startsWith("-")) return `−${grouped(delta.slice(1))}`;
  return /^[0.]+$/.test(delta) ? delta : `+${grouped(delta)}`;
}

/** `1 row`, `3 rows`. */
export function plural(number: number, noun: string): string {
  return `${count(number)} ${noun}${number === 1 ? "" : "s"}`;
}

/** A time in milliseconds, as long as it is worth reading: `42 ms`, `1.9 s`, `2 min 5 s`. */
export function duration(milliseconds: number): string {
  if (milliseconds < 99.5) return `${String(Math.round(milliseconds))} ms`;
  if (milliseconds < 59_950) return `${(milliseconds / 1000).toFixed(1)} s`;
  const seconds = Math.round(milliseconds / 1000);
  return `${String(Math.floor(seconds / 60))} min ${String(seconds % 60)} s`;
}

/** An amount of memory in bytes: `96 MB`, `1.2 GB` (powers of ten). */
export function memory(bytes: number): string {
  if (bytes < 999_500) return `${String(Math.round(bytes / 1e3))} kB`;
  return bytes < 999_500_000 ? `${String(Math.round(bytes / 1e6))} MB` : `${(bytes / 1e9).toFixed(1)} GB`;
}
