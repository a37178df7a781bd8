// The runner of GitHub Actions reads what a step prints: `::name::` at the start of a line, and the older `##[name]` anywhere in one.
// It takes U+0085 for a blank, which JavaScript does not.
const command = /:(?<=^[\s\u0085]*:)(?=:)|\[(?<=##\[)/gm;

/** Text of which no line is a workflow command: the character that would make it one is written by `escape`, as its format writes characters. */
export function escapeCommands(text: string, escape: (character: string) => string): string {
  return text.replace(command, (character) => escape(character));
}
