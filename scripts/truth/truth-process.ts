// One part of the random cases, in a process of its own: it is sent the part, and answers with its tally. Any message after that, or the end of the process that
// started it, ends it before its next case; signals of a terminal reach both, and are for that one to answer.
import { runTruthPart, type TruthPart } from "./truth-part.ts";

const stop = new AbortController();
const end = (): void => stop.abort(new Error("ended"));
for (const name of ["SIGINT", "SIGTERM"] as const) process.on(name, end);
process.once("disconnect", end);
process.once("message", (part: TruthPart) => {
  process.once("message", end);
  void run(part);
});

async function run(part: TruthPart): Promise<void> {
  const tally = await runTruthPart(part, stop.signal);
  process.send?.(tally, () => process.disconnect());
}
