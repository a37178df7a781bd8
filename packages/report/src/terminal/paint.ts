import type { Tone } from "../content/verdict-sign.ts";

export type Dress = Tone | "bold" | "dim";

/** Puts a dress on text, or leaves it bare where the terminal has no colour. */
export type Paint = (dress: Dress, text: string) => string;

const codes: Record<Dress, string> = { good: "32", meant: "36", bad: "31", doubt: "33", bold: "1", dim: "2" };

/** Paint for a terminal with or without colour. */
export function painter(color: boolean): Paint {
  return (dress, text) => (color && text !== "" ? `\u001b[${codes[dress]}m${text}\u001b[0m` : text);
}
