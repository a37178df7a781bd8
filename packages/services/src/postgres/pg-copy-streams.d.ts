declare module "pg-copy-streams" {
  import type { Readable } from "node:stream";
  import type { Submittable } from "pg";

  /** The bytes of a `COPY … TO STDOUT`, as they come. */
  export function to(sql: string): Readable & Submittable & { readonly rowCount: number };
}
