import { micromark } from "micromark";
import { gfm, gfmHtml } from "micromark-extension-gfm";
import { parseFragment, type DefaultTreeAdapterTypes } from "parse5";

type Node = DefaultTreeAdapterTypes.Node;

/** What a reader on GitHub would get of a text of Markdown. */
export interface GithubView {
  /** How many elements there are of each kind, with the attributes they have: `details[open]`. */
  readonly elements: Readonly<Record<string, number>>;
  /** The text in which GitHub looks for mentions, references, emoji and mathematics: all but code. */
  readonly prose: readonly string[];
  /** The text of the first heading. */
  readonly heading: string;
}

/** Markdown as GitHub reads it, raw HTML and all. */
export function githubView(markdown: string): GithubView {
  const options = { allowDangerousHtml: true, allowDangerousProtocol: true, extensions: [gfm()], htmlExtensions: [gfmHtml()] };
  const root = parseFragment(micromark(markdown, options));
  const elements: Record<string, number> = {};
  const prose: string[] = [];
  let heading = "";
  const walk = (node: Node, inCode: boolean): void => {
    if (node.nodeName === "#text" && "value" in node && !inCode) prose.push(node.value);
    if ("attrs" in node) {
      const written = node.attrs.map(({ name, value }) => (value === "" ? name : `${name}=${value}`));
      const kind = `${node.tagName}${written.length === 0 ? "" : `[${written.join(" ")}]`}`;
      elements[kind] = (elements[kind] ?? 0) + 1;
      if (node.tagName === "h3") heading ||= textOf(node);
    }
    for (const child of childrenOf(node)) walk(child, inCode || child.nodeName === "code" || child.nodeName === "pre");
  };
  walk(root, false);
  return { elements, prose, heading };
}

function textOf(node: Node): string {
  if (node.nodeName === "#text" && "value" in node) return node.value;
  return childrenOf(node).map(textOf).join("");
}

function childrenOf(node: Node): readonly Node[] {
  return "childNodes" in node ? node.childNodes : [];
}
