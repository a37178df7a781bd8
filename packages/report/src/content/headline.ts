import type { Check, Divergence, Report } from "@rehearse/rehearsal";
import { causePhrases } from "./cause-words.ts";
import { checkName } from "./check-name.ts";
import { needsLook } from "./ordered-checks.ts";
import { sampleWord } from "./sample-word.ts";
import { say, sayList, type Phrase } from "./phrase.ts";
import { titled } from "./verdict-sign.ts";

/** The first thing a report says: the verdict as a word, and where it starts or what it covers. */
export interface Headline {
  readonly verdict: string;
  readonly where: Phrase;
}

/** The headline of a report. */
export function headline(report: Report): Headline {
  const sampled = report.verdict === "same" && sampledChecks(report) > 0;
  return { verdict: sampled ? "Same (sampled)" : titled(report.verdict), where: whereOf(report) };
}

function whereOf(report: Report): Phrase {
  const { checks, firstDivergence } = report;
  if (checks.length === 0) return [report.verdict === "same" ? "It ended well and moved no rows." : "Nothing was checked."];
  if (firstDivergence !== null) return startOf(firstDivergence, checks);
  if (seedsOf(report.divergences).length > 0) return ["It starts in the seeds."];
  const loud = checks.filter((check) => check.verdict === report.verdict);
  const total = String(checks.length);
  const sampled = sampledChecks(report);
  const part = sampled === 0 ? "" : checks.length === 1 ? " on a sample" : `, ${String(sampled)} of them on a sample`;
  if (report.verdict === "same") return [checks.length === 1 ? `The one check agrees${part}.` : `All ${total} checks agree${part}.`];
  if (report.verdict === "expected")
    return [`${String(loud.length)} of ${total} checks ${loud.length === 1 ? "differs" : "differ"} as expected.`];
  return say`${[`${String(loud.length)} of ${total} checks: `]}${sayList(loud.map(checkName), 3)}.`;
}

/** Where it starts; and what the rows that changed there have in common, if they have anything: no other sentence of a report says as much. */
function startOf({ stage, dataset }: Divergence, checks: readonly Check[]): Phrase {
  const check = checks.find((one) => one.kind === "diff" && one.stage === stage && one.name === dataset);
  const [cause] = check?.detail?.kind === "diff" ? causePhrases(check.detail, check.counts?.changed ?? 0) : [];
  return check === undefined || cause === undefined ? say`It starts in ${stage}.` : say`It starts in ${stage}: ${check.name}, ${cause}.`;
}

/** How many checks looked at a part of the rows only. */
function sampledChecks({ checks }: Report): number {
  return checks.filter((check) => sampleWord(check) !== "").length;
}

/** What was seen at the first divergence and beyond it, a sentence each. Only facts of the report: never a cause. */
export function story(report: Report): Phrase[] {
  const first = report.firstDivergence;
  const beside = report.divergences.filter((other) => other.stage !== first?.stage);
  return [
    ...(first === null ? seedsSentence(report) : [firstSentence(first, report)]),
    ...besideSentence(stageNames(beside, "own"), report),
    ...downstreamSentence(beside, { isStartKnown: first !== null }),
    ...unknownSentence(beside, report),
  ];
}

/** The datasets that differ already as the seeds left them, by their names. */
function seedsOf(divergences: readonly Divergence[]): string[] {
  const via = divergences.flatMap((divergence) => divergence.via).filter((read) => read.startsWith("seed/"));
  return [...new Set(via.map((read) => read.slice("seed/".length)))];
}

function seedsSentence({ divergences }: Report): Phrase[] {
  const seeded = seedsOf(divergences);
  if (seeded.length === 0) return [];
  return [say`What the seeds put into ${sayList(seeded)} is not what the references were made from.`];
}

function firstSentence(first: Divergence, report: Report): Phrase {
  const outcome = outcomeOf(first, report.checks);
  if (first.origin === "downstream") return say`${first.stage} reads what differs already: ${sayList(first.via)}; ${outcome}`;
  const reads = report.stages.find(({ name }) => name === first.stage)?.reads ?? [];
  if (reads.length === 0) return say`${first.stage} declares no reads; ${outcome}`;
  return readsAreSame(report, first.stage)
    ? say`What ${first.stage} reads equals ${[itsReference(report)]}; ${outcome}`
    : say`In ${first.stage}: ${outcome}`;
}

/** What something was compared with, as a reader would call it. */
function itsReference({ against }: Report): string {
  return { stored: "its reference", file: "its reference", run: "that of the other run", revision: "that of the base" }[against.kind];
}

/** Whether all that a stage reads is known to equal its reference. */
function readsAreSame(report: Report, stage: string): boolean {
  return report.stages.find(({ name }) => name === stage)?.reads.every((read) => read.verdict === "same") ?? false;
}

function outcomeOf(first: Divergence, checks: readonly Check[]): Phrase {
  const own = checks.filter((check) => check.stage === first.stage);
  const failed = own.find((check) => check.kind === "stage" && needsLook(check));
  if (failed !== undefined) return say`it ${endOf(failed)}.`;
  const written = own.filter((check) => check.kind === "diff" && check.verdict === "different");
  if (written.length > 0) return say`what it writes differs: ${sayList(written.map(({ name }) => name))}.`;
  const undeclared = own.filter((check) => check.kind === "writes" && check.verdict === "different");
  if (undeclared.length > 0) return say`it wrote what it does not declare: ${sayList(undeclared.map(({ name }) => name))}.`;
  return say`after it, this does not hold: ${first.assertion ?? first.dataset ?? first.stage}.`;
}

function besideSentence(stages: readonly string[], report: Report): Phrase[] {
  if (stages.length === 0) return [];
  const departs = stages.length === 1 ? " departs on its own as well" : " depart on their own as well";
  const reads = stages.every((stage) => readsAreSame(report, stage))
    ? `: what ${stages.length === 1 ? "it reads" : "they read"} equals ${itsReference(report)}`
    : "";
  return [say`${sayList(stages)}${[`${departs}${reads}.`]}`];
}

function downstreamSentence(divergences: readonly Divergence[], { isStartKnown }: { isStartKnown: boolean }): Phrase[] {
  const known = divergences.filter(({ via }) => via.length > 0);
  const stages = stageNames(known, "downstream");
  if (stages.length === 0) return [];
  const via = known.flatMap((divergence) => divergence.via);
  const differ = `${stages.length === 1 ? "differs" : "differ"}${isStartKnown ? " too" : ""}`;
  return [say`Downstream, ${sayList(stages)} ${[differ]}, having read ${sayList([...new Set(via)])}.`];
}

/** Of these it cannot be said whether they depart on their own: nobody knows all that they read. */
function unknownSentence(divergences: readonly Divergence[], report: Report): Phrase[] {
  const stages = stageNames(
    divergences.filter(({ via }) => via.length === 0),
    "downstream",
  );
  if (stages.length === 0) return [];
  const silent = stages.filter((stage) => report.stages.find(({ name }) => name === stage)?.reads.length === 0);
  const many = stages.length > 1;
  const why =
    silent.length < stages.length
      ? `what ${many ? "they" : "it"} read was not compared`
      : `${many ? "they declare" : "it declares"} no reads`;
  return [
    say`${sayList(stages)} ${[`${many ? "differ" : "differs"} as well, whether on ${many ? "their" : "its"} own is not known: ${why}.`]}`,
  ];
}

function stageNames(divergences: readonly Divergence[], origin: Divergence["origin"]): string[] {
  return [...new Set(divergences.filter((divergence) => divergence.origin === origin).map(({ stage }) => stage))];
}

/** How a failed stage ended: `exited with 1`. */
export function endOf(check: Check): Phrase {
  const { detail } = check;
  if (detail?.kind !== "stage") return ["failed"];
  if (detail.timedOut) return ["ran out of time"];
  if (detail.signal !== null) return say`was ended by ${detail.signal}`;
  return [detail.exitCode === null ? "did not end properly" : `exited with ${String(detail.exitCode)}`];
}
