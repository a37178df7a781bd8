import type { Draft } from "../draft.ts";
import type { Finding } from "../finding.ts";
import { assertionNamesTwice, raggedRows } from "./assertion-rules.ts";
import { claimParts, emptyRanges, httpUrls, oneClaim } from "./claim-rules.ts";
import { seedCycles, stageCycles } from "./cycles.ts";
import { idleColumnRules, ignoredKeys, keysTwice, unwrittenDatasets } from "./diff-rules.ts";
import { seedTargets, sqlWithoutEngine } from "./engine-fit.ts";
import { daysThatAreNone, unchangingColumns, unwrittenExpectations } from "./expect-rules.ts";
import { untoldOutputs } from "./output-folders.ts";
import { repeats } from "./repeats.ts";
import { sharedPorts } from "./shared-ports.ts";
import { badTemplates, templatesOutsideEnv } from "./templates.ts";
import { unknownServices, unknownStages } from "./unknown-names.ts";
import { unorderedStages } from "./unordered-stages.ts";

/** What must hold between the parts of a file. */
export const rules: readonly ((draft: Draft) => Iterable<Finding>)[] = [
  unknownServices,
  unknownStages,
  sharedPorts,
  badTemplates,
  templatesOutsideEnv,
  stageCycles,
  seedCycles,
  unorderedStages,
  seedTargets,
  sqlWithoutEngine,
  unwrittenDatasets,
  keysTwice,
  ignoredKeys,
  idleColumnRules,
  unwrittenExpectations,
  unchangingColumns,
  daysThatAreNone,
  assertionNamesTwice,
  oneClaim,
  claimParts,
  emptyRanges,
  httpUrls,
  untoldOutputs,
  raggedRows,
  repeats,
];
