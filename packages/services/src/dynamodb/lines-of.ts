/** The lines of a text that comes in pieces, each ended by a line feed: readline takes U+2028 and U+2029, which JSON leaves bare, for ends as well. */
export async function* linesOf(pieces: AsyncIterable<unknown>): AsyncGenerator<string> {
  let begun: string[] = [];
  for await (const piece of pieces) {
    const [first = "", ...more] = String(piece).split("\n");
    begun.push(first);
    for (const next of more) {
      yield begun.join("");
      begun = [next];
    }
  }
}
