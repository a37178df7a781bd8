/** The parts between the commas that stand in no brackets and in no JSON string; of the empty text one, which is empty. */
export function splitAtCommas(text: string): string[] {
  const parts: string[] = [];
  let [start, next, depth] = [0, 0, 0];
  let [quoted, escaped] = [false, false];
  for (const letter of text) {
    next += letter.length;
    if (escaped) escaped = false;
    else if (quoted && letter === "\\") escaped = true;
    else if (letter === '"') quoted = !quoted;
    else if (quoted) continue;
    else if (opening.has(letter)) depth += 1;
    else if (closing.has(letter)) depth -= 1;
    else if (letter === "," && depth === 0) {
      parts.push(text.slice(start, next - 1));
      start = next;
    }
  }
  return [...parts, text.slice(start)];
}

const opening = new Set("([{");
const closing = new Set(")]}");
