import { isNumber } from "../content/grid.ts";
import type { Phrase } from "../content/phrase.ts";

// A word made of these is a word in every Markdown: no emphasis, link, mention, HTML, emoji, mathematics, reference to an issue or a commit.
const harmless = /^["'(]*[\p{L}\p{M}\p{N}%=+−~→·,;?/–—…-]*[.,;:?!)'"]*$/u;
const reference = /^\W*(?:gh-\d+|[\da-f]{7,})\W*$/i;

/** Visible text as code: GitHub reads nothing in it as Markdown, mention or link. Fit for table cells. */
export function code(text: string): string {
  if (text === "") return "";
  // Pipes, backticks and backslashes mean something even in code spans of tables. An "@" would still become a mail address.
  if (/[`|\\]|^ | $/.test(text)) return htmlCode(text);
  return `\`${text}\``;
}

/** Visible text as code inside HTML, in Markdown or in an HTML block. */
export function htmlCode(text: string): string {
  const characters = Array.from(text, (character) => {
    if (/[\p{L}\p{M}\p{N} ]/u.test(character)) return character;
    // The comment parts what GitHub would join to a mail address; code keeps it from being a mention.
    return character === "@" ? "<!-- -->&#64;" : `&#${String(character.codePointAt(0))};`;
  });
  return `<code>${characters.join("")}</code>`;
}

/** A number as it is, anything else as code. */
export function value(text: string): string {
  return isNumber(text) ? text : code(text);
}

/** Visible prose: plain words stay words, everything else becomes code. */
export function prose(text: string): string {
  const words = text.match(/`[^`]+`|\S+/g) ?? [];
  return words.map((word) => (harmless.test(word) && !reference.test(word) ? word : code(word.replace(/^`([^`]+)`$/, "$1")))).join(" ");
}

/** A phrase: its words as they are, its names as code. */
export function phrase(parts: Phrase): string {
  return parts.map((part) => (typeof part === "string" ? part.replace(/\S.*\S|\S/, prose) : value(part.name))).join("");
}

/** A phrase inside an HTML block, such as a summary. */
export function htmlPhrase(parts: Phrase): string {
  return parts
    .map((part) => (typeof part === "string" ? part.replace(/[&<>"'@]/g, (c) => `&#${String(c.charCodeAt(0))};`) : htmlCode(part.name)))
    .join("");
}

/** Visible lines as a code block that nothing in them can end. */
export function codeBlock(lines: readonly string[], language = ""): string {
  const longest = Math.max(2, ...lines.flatMap((line) => (line.match(/`+/g) ?? []).map((run) => run.length)));
  const fence = "`".repeat(longest + 1);
  return [fence + language, ...lines, fence].join("\n");
}
