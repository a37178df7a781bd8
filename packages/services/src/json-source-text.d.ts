// Source text access of JSON (ECMAScript 2026), which Node 24 has and the compiler's libraries do not declare yet.
interface RawJson {
  readonly rawJSON: string;
}

interface JSON {
  /** A number's own text, kept as it was written: JSON.stringify writes it back unchanged. */
  rawJSON(text: string): RawJson;
  isRawJSON(value: unknown): value is RawJson;
  parse(text: string, reviver: (this: unknown, key: string, value: unknown, context?: { readonly source?: string }) => unknown): unknown;
}
