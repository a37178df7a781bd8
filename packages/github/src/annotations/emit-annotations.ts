import { error, warning } from "@actions/core";
import type { Annotation } from "./annotations-of.ts";
import { limitAnnotations } from "./limit-annotations.ts";

/** Hands annotations to the runner, no more than it shows. */
export function emitAnnotations(annotations: readonly Annotation[]): void {
  for (const { level, title, message, place } of limitAnnotations(annotations)) {
    const properties = { title, ...(place === null ? {} : { file: place.file, startLine: place.line }) };
    if (level === "error") error(message, properties);
    else warning(message, properties);
  }
}
