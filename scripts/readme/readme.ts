import { readFileSync } from "node:fs";
import path from "node:path";

export const repository = path.resolve(import.meta.dirname, "../..");

export const readText = (file: string): string => readFileSync(path.join(repository, file), "utf8");

export interface CodeBlock {
  readonly language: string;
  readonly text: string;
}

/** Every code block of the README, in order. */
export function codeBlocks(): CodeBlock[] {
  return [...readText("README.md").matchAll(/^ *```(\w*)\n([\s\S]*?)^ *```$/gm)].map(([, language = "", text = ""]) => ({
    language,
    text,
  }));
}

/** The one block of a language. */
export function onlyBlock(language: string): string {
  const [block, ...others] = codeBlocks().filter((it) => it.language === language);
  if (block === undefined || others.length > 0) throw new Error(`The README has ${others.length + (block ? 1 : 0)} blocks of ${language}.`);
  return block.text;
}
