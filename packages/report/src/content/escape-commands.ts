// The runner of GitHub Actions reads what a step prints: `::name::` at the start of a line, and the older `##[name]` anywhere in one.
const command = /:(?<=^\s*:)(?=:)|\[(?<=##\[)/gm;

/** Text of which no line is a workflow command: the character that would make it one is written by `escape`, as its format writes characters. */
export function escapeCommands(text: string, escape: (character: string) => string): string {
  return text.replace(command, (character) => escape(character));
}
