import { RehearseError } from "@rehearse/errors";

/** The lines of UTF-8 bytes, which end at line feeds and nowhere else: U+2028 is text. SEED_FAILED for bytes that are no UTF-8. */
export async function* lines(source: AsyncIterable<Uint8Array>, name: string): AsyncGenerator<string> {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  let rest = "";
  for await (const chunk of source) {
    const parts = (rest + decode(decoder, { name, chunk })).split("\n");
    rest = parts.pop() ?? "";
    yield* parts;
  }
  rest += decode(decoder, { name });
  if (rest !== "") yield rest;
}

/** All of it as text. */
export async function wholeText(source: AsyncIterable<Uint8Array>, name: string): Promise<string> {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  let text = "";
  for await (const chunk of source) text += decode(decoder, { name, chunk });
  return text + decode(decoder, { name });
}

function decode(
  decoder: InstanceType<typeof TextDecoder>,
  { name, chunk }: { readonly name: string; readonly chunk?: Uint8Array },
): string {
  try {
    return chunk === undefined ? decoder.decode() : decoder.decode(chunk, { stream: true });
  } catch (cause) {
    throw new RehearseError({
      code: "SEED_FAILED",
      message: `The seed ${name} is not UTF-8.`,
      hint: "Save it as UTF-8; in SQL and JSON, bytes go as escapes.",
      cause,
    });
  }
}
