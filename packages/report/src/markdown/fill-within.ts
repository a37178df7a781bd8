const encoder = new TextEncoder();

/** The size of text in UTF-8 bytes: never less than its number of characters. */
export function byteSize(text: string): number {
  return encoder.encode(text).length;
}

/** Parts that fit, how many did not, and the bytes they take. */
export interface Filled {
  readonly taken: readonly string[];
  readonly left: number;
  readonly size: number;
}

/** The first of `parts` that fit into `room` bytes with the line breaks between them; a part is taken whole or not at all. */
export function fillWithin(parts: readonly string[], room: number): Filled {
  const taken: string[] = [];
  let size = 0;
  for (const part of parts) {
    const grown = size + byteSize(part) + 2;
    if (grown > room) break;
    taken.push(part);
    size = grown;
  }
  return { taken, left: parts.length - taken.length, size };
}
