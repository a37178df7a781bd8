/** The last bytes of an output, as text. */
export class OutputTail {
  readonly #limit: number;
  #chunks: Buffer[] = [];
  #length = 0;

  constructor(limitBytes: number) {
    this.#limit = limitBytes;
  }

  push(chunk: Buffer): void {
    this.#chunks.push(chunk);
    this.#length += chunk.length;
    for (let first = this.#chunks[0]; first !== undefined && this.#length - first.length >= this.#limit; first = this.#chunks[0]) {
      this.#chunks.shift();
      this.#length -= first.length;
    }
  }

  /** A character that was cut by the limit is left out. */
  text(): string {
    const bytes = Buffer.concat(this.#chunks);
    let start = Math.max(0, bytes.length - this.#limit);
    if (start > 0) while (isContinuation(bytes[start])) start += 1;
    return bytes.toString("utf8", start);
  }
}

/** UTF-8: every byte of a character but its first is 10xxxxxx. */
const isContinuation = (byte: number | undefined): boolean => byte !== undefined && (byte & 0xc0) === 0x80;
