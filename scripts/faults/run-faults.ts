import { readFileSync } from "node:fs";
import path from "node:path";
import { type Fault, placeOf } from "./fault.ts";
import { noticedBy } from "./notice.ts";
import { type Look, looksFor } from "./tests-for.ts";
import { openWorkshop, type Workshop } from "./workshop.ts";

interface Outcome {
  readonly fault: Fault;
  /** By which test; null where none did. */
  readonly noticed: string | null;
}

/** Without a fault a look may take this long. */
const longestMs = 900_000;
const shortestLimitMs = 120_000;

/** Plants each fault and looks whether the tests notice, in two copies of the tree at once; says of each what became of it. */
export async function runFaults({
  root,
  faults,
  unitTests,
}: {
  readonly root: string;
  readonly faults: readonly Fault[];
  readonly unitTests: readonly string[];
}): Promise<Outcome[]> {
  await using one = await openWorkshop(root);
  await using other = await openWorkshop(root);
  const limits = new Map<string, number>();
  let waiting: readonly Fault[] = faults;
  const outcomes: Outcome[] = [];
  // All faults see the quickest tests before any sees the slow ones: what is not noticed shows early.
  for (let turn = 0; waiting.length > 0; turn += 1) {
    const queue = [...waiting];
    const passed: Fault[] = [];
    const work = async (workshop: Workshop): Promise<void> => {
      for (let fault = queue.shift(); fault !== undefined; fault = queue.shift()) {
        const look = looksFor(fault.file, unitTests)[turn];
        const noticed = look === undefined ? null : await lookAt(fault, { look, workshop, limits });
        const place = placeOf(fault, readFileSync(path.join(root, fault.file), "utf8"));
        const what = `${place} ${fault.kind}: ${fault.original} → ${fault.replacement}`;
        if (noticed === null && look !== undefined) {
          passed.push(fault);
          console.log(`? ${what}: not by ${look.name}`);
          continue;
        }
        outcomes.push({ fault, noticed });
        if (noticed !== null) console.log(`✓ ${what}: ${noticed}`);
      }
    };
    await Promise.all([work(one), work(other)]);
    waiting = passed;
  }
  return outcomes;
}

async function lookAt(
  fault: Fault,
  { look, workshop, limits }: { readonly look: Look; readonly workshop: Workshop; readonly limits: Map<string, number> },
): Promise<string | null> {
  const name = look.tests.join(" ");
  const limitMs = limits.get(name) ?? (await limitWithoutFault(look, workshop));
  limits.set(name, limitMs);
  using _planted = workshop.plant(fault);
  // Awaited here: the fault is taken out when this ends.
  return await noticedBy(look, { workshop, limitMs });
}

/** How long a look may take: five times what it takes without a fault. Tests that fail without one would notice everything, so they end it all. */
async function limitWithoutFault(look: Look, workshop: Workshop): Promise<number> {
  const start = performance.now();
  const problem = await noticedBy(look, { workshop, limitMs: longestMs });
  if (problem !== null) throw new Error(`${look.name} (${look.tests.join(", ")}) fail without a fault: ${problem}`);
  return Math.max(shortestLimitMs, Math.round((performance.now() - start) * 5));
}
