import { z } from "zod";
import { sizeSchema } from "../size.ts";

/** `s3:` with anything but a bucket and a prefix is a slip, not the name of a folder. */
const store = /^(s3:\/\/[a-z0-9][a-z0-9.-]{1,61}[a-z0-9](\/[^/\p{Cc}]+)*\/?|(?!s3:)[^\p{Cc}]+)$/u;

/** Up to which size references lie in the scenario's folder, where the file does not say. */
export const defaultInline = "1MB";

export const referencesSchema = z
  .strictObject({
    store: z
      .string()
      .regex(store, '"s3://bucket/prefix", or the path of a folder')
      .meta({
        description: "Where the rows of large references lie, each file under its SHA-256; git then holds only what names them.",
        examples: ["s3://my-bucket/references", "../reference-store"],
      }),
    inline: sizeSchema.optional().meta({
      description: "References up to this size lie in the scenario's folder all the same. Small ones always do, as text.",
      default: defaultInline,
    }),
  })
  .describe("Where references are kept. Without it: all of them in the folder `references`.");
