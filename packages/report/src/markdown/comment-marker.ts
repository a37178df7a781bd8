import { visible } from "../content/visible-text.ts";

/** In characters; names of scenarios are shorter by far, but a report could hold any. */
const longest = 200;

/**
 * The first line of a comment, which nobody sees: it says whose comment it is. Scenarios of different names have different markers, and no
 * name can end the marker or pretend to be another's: it is written as in an address, and what cuts a longer name is a "+", which no name is.
 */
export function commentMarker(scenario: string): string {
  const characters = Array.from(scenario);
  const left = characters.length - longest;
  const [head, tail] = [characters.slice(0, longest / 2), characters.slice(-longest / 2)];
  const name = left > 0 ? `${encoded(head.join(""))}+${String(left)}+${encoded(tail.join(""))}` : encoded(scenario);
  return `<!-- rehearse:${name} -->`;
}

/** Text as in an address. An HTML comment must not hold two hyphens in a row. */
function encoded(text: string): string {
  return encodeURIComponent(visible(text)).replace(/-(?=-)/g, "%2D");
}
