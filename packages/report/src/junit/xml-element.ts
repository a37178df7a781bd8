const escapes: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

/** XML that is safe to put into a document. Only `element` makes it. */
export interface Xml {
  readonly xml: string;
}

/** An element with its attributes and either text or, each on a line, other elements. All text must be visible text: XML 1.0 can hold no control characters. */
export function element(name: string, attributes: Readonly<Record<string, string | number>>, content: string | readonly Xml[] = ""): Xml {
  const written = Object.entries(attributes).map(([key, value]) => ` ${key}="${escaped(String(value))}"`);
  const inner = typeof content === "string" ? escaped(content) : content.map(({ xml }) => `\n${xml}`).join("");
  const start = `<${name}${written.join("")}`;
  if (inner === "") return { xml: `${start}/>` };
  return { xml: `${start}>${inner}${typeof content === "string" ? "" : "\n"}</${name}>` };
}

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (character) => escapes[character] ?? character);
}
