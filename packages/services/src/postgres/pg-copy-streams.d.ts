declare module "pg-copy-streams" {
  import type { Readable, Writable } from "node:stream";
  import type { Submittable } from "pg";

  /** The bytes of a `COPY … TO STDOUT`, as they come. */
  export function to(sql: string): Readable & Submittable & { readonly rowCount: number };
  /** Takes the bytes of a `COPY … FROM STDIN`. */
  export function from(sql: string): Writable & Submittable & { readonly rowCount: number };
}
