let segmenter: Intl.Segmenter | undefined;
// Its tables take a while to load, and most texts need none.
const graphemes = (text: string) => (segmenter ??= new Intl.Segmenter("en", { granularity: "grapheme" })).segment(text);
const wide =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97c\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6]|[\u{1f000}-\u{1faff}\u{20000}-\u{3fffd}]|\p{Emoji_Presentation}/u;

/** How many columns of a terminal visible text takes. */
export function textWidth(text: string): number {
  // Plain text is the rule: no segmenter for it.
  if (/^[\u0020-\u02ff\u2010-\u27bf\u2212]*$/.test(text)) return text.length;
  return Array.from(graphemes(text), ({ segment }) => (wide.test(segment) ? 2 : 1)).reduce((sum, width) => sum + width, 0);
}

/** Text filled with spaces to `width` columns, at its right or left. */
export function padded(text: string, width: number, align: "left" | "right" = "left"): string {
  const space = " ".repeat(Math.max(0, width - textWidth(text)));
  return align === "left" ? text + space : space + text;
}

/** Text cut to `width` columns, with an ellipsis where something is cut. */
export function fitted(text: string, width: number): string {
  if (textWidth(text) <= width) return text;
  let kept = "";
  for (const { segment } of graphemes(text)) {
    if (textWidth(kept + segment) > width - 1) break;
    kept += segment;
  }
  return `${kept}…`;
}

/** Text broken into lines of at most `width` columns, between words where there are any. */
export function wrapped(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(/(?<= )/).flatMap((part) => chopped(part, width))) {
    if (line !== "" && textWidth((line + word).trimEnd()) > width) {
      lines.push(line.trimEnd());
      line = "";
    }
    line += word;
  }
  return [...lines, line.trimEnd()];
}

/** A word, or its characters where it is too long for a line. */
function chopped(word: string, width: number): string[] {
  return textWidth(word) <= width ? [word] : Array.from(graphemes(word), ({ segment }) => segment);
}
