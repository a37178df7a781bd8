// Control, format (bidi, zero-width), lone surrogate, private use, non- and other characters without a shape of their own; every space but
// the ordinary one; a mark with nothing to stand on; our own sign for a space; and the backslash that would make text look like our escape.
const unseen = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}\p{DI}\p{NChar}\u2800\u2420]|(?! )\p{Zs}|^\p{M}+|\\(?=u\{)/gu;
// A character of two units.
const pair = /[\ud800-\udbff][\udc00-\udfff]/g;

/** Text with everything a reader could not see written as `\u{…}`. Two texts that differ stay different. */
export function visible(text: string): string {
  return text.replace(unseen, (match) => Array.from(match, escaped).join(""));
}

/** A character as `\u{…}`: no other visible text reads so. */
export function escaped(character: string): string {
  return `\\u{${hex(character)}}`;
}

/** Prose from elsewhere (a reason, a hint) on one line, with what cannot be seen made visible. */
export function visibleLine(text: string): string {
  // Each run of blanks is found once: a pattern that wants a line break among blanks would try anew at each of them.
  const line = text.trim().replace(/\s+/g, (blanks) => (/[\r\n]/.test(blanks) ? " " : blanks));
  return visible(clipMiddle(line, 1000));
}

/** Text of a program as visible lines, the middle of very long ones left out. Colour codes of terminals go: they are dress, not content. */
export function visibleLines(text: string): string[] {
  const plain = text.replace(/[^\P{Cc}\r\n\t]\[[\d;]*m/gu, "").replace(/\t/g, "    ");
  return plain.split(/\r?\n/).map((line) => visible(clipMiddle(line, 2000)));
}

/** A name (of a table, a stage) in a form that can be shown. */
export function visibleName(name: string): string {
  return visible(clipMiddle(name, 200));
}

/** The code point of a character as `U+00E9`. */
export function codePoint(character: string): string {
  return `U+${hex(character).toUpperCase().padStart(4, "0")}`;
}

/** `text` with its middle left out, and how much, where it is longer than `limit` characters (code points). */
export function clipMiddle(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const length = text.length - (text.match(pair)?.length ?? 0);
  if (length <= limit) return text;
  const head = Math.ceil(limit * 0.6);
  const tail = limit - head;
  // A character is one or two units: what is kept of a megabyte lies within twice as many at its ends.
  const [first, last] = [Array.from(text.slice(0, head * 2)), Array.from(text.slice(text.length - tail * 2))];
  return `${first.slice(0, head).join("")}${leftOut(length - limit)}${last.slice(last.length - tail).join("")}`;
}

/** The mark that stands where characters are left out. */
export function leftOut(count: number): string {
  return count === 0 ? "" : `…(${String(count)} left out)…`;
}

function hex(character: string): string {
  return (character.codePointAt(0) ?? 0).toString(16);
}
