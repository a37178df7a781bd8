const part = /(<!-- generated: (\S+) -->\n)[\s\S]*?(<!-- end -->)/g;

/**
 * Puts what is generated into a text: each part goes between the marker `<!-- generated: <name> -->` and the next `<!-- end -->`. Throws where the
 * text does not have every part exactly once, or has another.
 */
export function fillParts(text: string, parts: Readonly<Record<string, string>>): string {
  const found = [...text.matchAll(part)].map(([, , name = ""]) => name);
  const wanted = Object.keys(parts);
  if (found.toSorted().join() !== wanted.toSorted().join())
    throw new Error(`The parts to generate are ${wanted.join(", ")}; the text has ${found.join(", ") || "none"}.`);
  return text.replace(part, (_whole, start: string, name: string, end: string) => `${start}${parts[name] ?? ""}${end}`);
}
