import { StringDecoder } from "node:string_decoder";

const [quote, comma, lineEnd] = ['"', ",", "\n"];

/** The rows of a restoration's file, in pieces as they come: every cell is quoted, and a bare `\N` is NULL. */
export async function* csvRows(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<(string | null)[]> {
  const decoder = new StringDecoder("utf8");
  let [row, rest]: [(string | null)[], string] = [[], ""];
  for await (const piece of pieces) {
    rest += decoder.write(piece);
    let at = 0;
    for (let cell = cellAt(rest, at); cell !== null; cell = cellAt(rest, at)) {
      row.push(cell.value);
      at = cell.end + 1;
      if (rest[cell.end] === comma) continue;
      yield row;
      row = [];
    }
    rest = rest.slice(at);
  }
}

/** The cell that begins at a place, and where the comma or line end stands behind it; null where that has not come yet. */
function cellAt(text: string, start: number): { readonly value: string | null; readonly end: number } | null {
  if (text[start] !== quote) {
    const end = text.startsWith(String.raw`\N`, start) ? start + 2 : start;
    return text[end] === comma || text[end] === lineEnd ? { value: null, end } : null;
  }
  let end = start + 1;
  for (;;) {
    end = text.indexOf(quote, end);
    if (end < 0 || end + 1 >= text.length) return null;
    if (text[end + 1] !== quote) return { value: text.slice(start + 1, end).replaceAll('""', quote), end: end + 1 };
    end += 2;
  }
}
