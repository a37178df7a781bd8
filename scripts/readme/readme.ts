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

/** The commands that the README shows: the first steps, and the first scenario of one's own. */
export function shownCommands(): { readonly firstSteps: string; readonly firstScenario: string } {
  const [firstSteps, firstScenario, ...others] = codeBlocks().flatMap(({ language, text }) => (language === "sh" ? [text] : []));
  if (firstSteps === undefined || firstScenario === undefined || others.length > 0)
    throw new Error("The README has not two blocks of commands.");
  return { firstSteps, firstScenario };
}
