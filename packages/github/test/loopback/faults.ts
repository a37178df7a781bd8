/** What goes wrong with the next requests that fit, instead of or after being carried out. */
export type Fault = { times: number; readonly method?: string } & (
  | { readonly kind: "answer"; readonly status: number; readonly message: string; readonly headers?: Record<string, string> }
  /** The connection breaks before the request is carried out. */
  | { readonly kind: "drop" }
  /** It is carried out, and the connection breaks before the answer. */
  | { readonly kind: "late" }
  /** It is carried out, and half of the answer comes. */
  | { readonly kind: "cut" }
  /** No answer comes, and the connection stays. */
  | { readonly kind: "silence" }
);
