import type { Output } from "./output.ts";

/** Says on standard error which of several environments was taken. */
export function tellOthers(
  { environment, others }: { readonly environment: string; readonly others: readonly string[] },
  output: Output,
): void {
  if (others.length === 0) return;
  output.stderr.write(`  environment ${environment}; also there: ${others.join(", ")} (--environment <id> takes another)\n`);
}
