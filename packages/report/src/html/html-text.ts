import type { Phrase } from "../content/phrase.ts";

/** HTML that is safe to put into a page. Only `html` makes it. */
export interface Html {
  readonly html: string;
}

type Part = string | number | Html | readonly Part[];

/** Writes HTML: every interpolated text is escaped, HTML is not, lists are joined. */
export function html(words: TemplateStringsArray, ...parts: readonly Part[]): Html {
  return { html: words.map((word, index) => word + textOf(parts[index] ?? "")).join("") };
}

/** Nothing. */
export const nothing: Html = { html: "" };

/** A phrase: its names are code. */
export function phraseHtml(phrase: Phrase): Html {
  return html`${phrase.map((part) => (typeof part === "string" ? part : html`<code>${part.name}</code>`))}`;
}

/** A character as HTML and XML can write any. */
export function characterReference(character: string): string {
  return `&#${String(character.codePointAt(0))};`;
}

function textOf(part: Part): string {
  if (typeof part === "string") return part.replace(/[&<>"']/g, characterReference);
  if (typeof part === "number") return String(part);
  return "html" in part ? part.html : part.map(textOf).join("");
}
