import { visibleName } from "./visible-text.ts";

/** A sentence whose names are data: each renderer shows and escapes them in its own way. Every part is visible text. */
export type Phrase = readonly (string | { readonly name: string })[];

/** Writes a phrase: say`${table} has no reference`. What is interpolated is data; an array is a phrase of its own. */
export function say(words: TemplateStringsArray, ...data: readonly (string | Phrase)[]): Phrase {
  return words.flatMap((word, index) => {
    const value = data[index];
    if (value === undefined) return [word];
    return typeof value === "string" ? [word, { name: visibleName(value) }] : [word, ...value];
  });
}

/** Names, or phrases that name something, in a row with commas between them; after `limit` of them only how many more there are. */
export function sayList(names: readonly (string | Phrase)[], limit = 5): Phrase {
  const listed = names.slice(0, limit).flatMap((name, index): Phrase => (index === 0 ? say`${name}` : say`, ${name}`));
  return names.length > limit ? [...listed, ` and ${String(names.length - limit)} more`] : listed;
}

/** The words of a phrase without any dress. */
export function plain(phrase: Phrase): string {
  return phrase.map((part) => (typeof part === "string" ? part : part.name)).join("");
}
