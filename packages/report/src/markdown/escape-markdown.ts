import { isNumber } from "../content/grid.ts";
import type { Phrase } from "../content/phrase.ts";

// A word made of these is a word in every Markdown: no emphasis, link, mention, HTML, emoji, mathematics.
const harmless = /^(?:(?=.*[\p{L}\p{N}])[\p{L}\p{M}\p{N}%+−→·,;?/–—…-]+|\d+(?:\.\d+)+|\d\d:\d\d:\d\d|[−×→·–—…])$/u;
// GitHub links these to commits, and these to issues: its own, and those of trackers that a repository names (`TICKET-12`).
const commit = /[\da-f]{7,}/i;
const issue = /\p{L}-\d/u;
// At the start of a line these would begin a list.
const bullet = /^(?:-|\d+[.)])$/;

/** Visible text as code: GitHub reads nothing in it as Markdown, mention or link. Fit for table cells. */
export function code(text: string): string {
  if (text === "") return "";
  // Pipes, backticks and backslashes mean something even in code spans of tables. An "@" would still become a mail address.
  if (/[`|\\]|^ | $/.test(text)) return htmlCode(text);
  return `\`${text}\``;
}

/** Visible text as code by HTML, where Markdown is still read around it and in it. */
function htmlCode(text: string): string {
  const written = text.replace(/[^\p{L}\p{M}\p{N} ]/gu, (character) => {
    // The comment parts what GitHub would join to a mail address; code keeps it from being a mention.
    return character === "@" ? "<!-- -->&#64;" : `&#${String(character.codePointAt(0))};`;
  });
  return `<code>${written}</code>`;
}

/** Visible text as code in an HTML block such as a summary, where no Markdown is read. */
export function blockCode(text: string): string {
  return `<code>${text.replace(/[&<>"']/g, (character) => `&#${String(character.charCodeAt(0))};`)}</code>`;
}

/** A number as it is, anything else as code: also a number so long that GitHub could take it for a commit. */
export function value(text: string, asCode: (word: string) => string = code): string {
  return isNumber(text) && !commit.test(text) ? text : asCode(text);
}

/** Visible prose: plain words stay words, everything else becomes code. */
export function prose(text: string, asCode: (word: string) => string = code): string {
  const words = text.match(/["'(]*`[^`]+`[.,;:?!)'"]*|\S+/g) ?? [];
  return words.map((word, index) => (index === 0 && bullet.test(word) ? asCode(word) : proseWord(word, asCode))).join(" ");
}

function proseWord(word: string, asCode: (word: string) => string): string {
  const [, before = "", core = "", after = ""] = /^(["'(]*)(.*?)([.,;:?!)'"]*)$/u.exec(word) ?? [];
  if (core === "" || (harmless.test(core) && !commit.test(core) && !issue.test(core))) return word;
  // Brackets belong to what they close: `AggregateFunction(sum, UInt64)`.
  const closes = after.startsWith(")") && core.includes("(") ? 1 : 0;
  return `${before}${asCode(core.replace(/^`([^`]+)`$/, "$1") + after.slice(0, closes))}${after.slice(closes)}`;
}

/** A phrase: its words as they are, its names as code. */
export function phrase(parts: Phrase, asCode: (word: string) => string = code): string {
  return parts
    .map((part) => {
      if (typeof part !== "string") return value(part.name, asCode);
      return part.replace(/\S.*\S|\S/u, (words) => prose(words, asCode));
    })
    .join("");
}

/** Visible lines as a code block that nothing in them can end. */
export function codeBlock(lines: readonly string[], language = ""): string {
  const longest = Math.max(2, ...lines.flatMap((line) => (line.match(/`+/g) ?? []).map((run) => run.length)));
  const fence = "`".repeat(longest + 1);
  return [fence + language, ...lines, fence].join("\n");
}
