import { z } from "zod";
import { sizeSchema } from "../size.ts";

/** `s3:` with anything but a bucket and a prefix is a slip, not the name of a folder. */
const store = /^(s3:\/\/[a-z0-9][a-z0-9.-]{1,61}[a-z0-9](\/[^/\p{Cc}]+)*\/?|(?!s3:)[^\p{Cc}]+)$/u;

export const referencesSchema = z
  .strictObject({
    store: z
      .string()
      .regex(store, '"s3://bucket/prefix", or the path of a folder')
      .meta({
        description: "Where the rows of large references lie, each file under its SHA-256; git then holds only what names them.",
        examples: ["s3://my-bucket/references", "../reference-store"],
      }),
    inline: sizeSchema
      .optional()
      .describe(
        "References up to this size lie in the scenario's folder all the same; 1MB unless it says so. Small ones always do, as text.",
      ),
  })
  .describe("Where references are kept; without this all of them in the folder `references`.");
