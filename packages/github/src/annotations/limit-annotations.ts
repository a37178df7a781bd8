import type { Annotation } from "./annotations-of.ts";

/** GitHub shows no more of each level for one step. */
const shown = 10;

/** At most ten of each level; where there are more, the tenth says how many. */
export function limitAnnotations(annotations: readonly Annotation[]): Annotation[] {
  return (["error", "warning"] as const).flatMap((level) => {
    const all = annotations.filter((annotation) => annotation.level === level);
    if (all.length <= shown) return all;
    const rest = all.length - (shown - 1);
    const message = `${rest} more are in the job summary and in the report.`;
    return [...all.slice(0, shown - 1), { level, title: `${rest} more`, message, place: null }];
  });
}
