import type { AssertionConfig } from "@rehearse/config";
import type { AssertionFact } from "../model/assertion-fact.ts";
import type { Check } from "../model/report.ts";
import { askedOf, decide } from "./assertions/decide.ts";
import { evidenceOf } from "./assertions/evidence.ts";

/** The check of one assertion, from what was found when it was asked. */
export function judgeAssertion(assertion: AssertionConfig, fact: AssertionFact | undefined, notAsked: string): Check {
  const base = { name: assertion.name, kind: "assert", stage: assertion.after, counts: null, line: assertion.position.line } as const;
  if (fact === undefined) return { ...base, verdict: "not compared", reason: notAsked, hint: "", detail: null };
  if (fact.kind !== assertion.kind || fact.asked !== askedOf(assertion))
    return { ...base, verdict: "not compared", reason: "the run was asked something else", hint: "rehearse test", detail: null };
  const decision = decide(assertion, fact);
  const verdicts = { holds: "same", fails: "failed", undecided: "not compared" } as const;
  return {
    ...base,
    verdict: verdicts[decision.outcome],
    reason: decision.outcome === "holds" ? "" : decision.reason,
    hint: "",
    detail: evidenceOf(assertion, fact),
  };
}
