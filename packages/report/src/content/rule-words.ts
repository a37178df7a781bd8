import type { Check } from "@rehearse/rehearsal";
import { count, plural } from "./amounts.ts";
import { alignedGrid, type Grid, type GridCell } from "./grid.ts";
import { plain, say, sayList, type Phrase } from "./phrase.ts";
import { visibleLine } from "./visible-text.ts";

type Rule = Extract<NonNullable<Check["detail"]>, { kind: "diff" }>["expected"][number];

/** The rules of expected differences that a dataset was compared under, a row each; no table where there are none. */
export function rulesGrids(check: Check, limit: number): Grid[] {
  const rules = rulesOf(check);
  if (rules.length === 0) return [];
  const titles = ["reason", "owner", "until", "columns", "where", "covers"];
  return [alignedGrid({ kind: "rules", titles, rows: rules.slice(0, limit).map(ruleRow), more: moreRules(rules, limit) })];
}

/** The same where a table would be too wide: a sentence each. */
export function ruleSentences(check: Check, limit: number): string[] {
  const rules = rulesOf(check);
  const more = moreRules(rules, limit);
  return [...rules.slice(0, limit).map(ruleSentence), ...(more === "" ? [] : [more])];
}

function rulesOf({ detail }: Check): readonly Rule[] {
  return detail?.kind === "diff" ? detail.expected : [];
}

function ruleRow(rule: Rule): GridCell[] {
  const words = (phrase: Phrase): GridCell => ({ kind: "words", words: phrase });
  return [
    words([visibleLine(rule.reason)]),
    words(say`${rule.owner}`),
    words([visibleLine(rule.expires)]),
    words(columnsOf(rule)),
    rule.where === null ? words([anyValue]) : { kind: "value", text: visibleLine(rule.where), bare: false },
    words([coveredBy(rule)]),
  ];
}

function ruleSentence(rule: Rule): string {
  const condition = rule.where === null ? anyValue : `where ${visibleLine(rule.where)}`;
  const covered = rule.fault === "" ? coveredBy(rule) : `covers ${coveredBy(rule)}`;
  const holds = `${visibleLine(rule.reason)} · ${plain(say`${rule.owner}`)} · until ${visibleLine(rule.expires)}`;
  return `${holds} · ${plain(columnsOf(rule))} · ${condition} · ${covered}`;
}

const anyValue = "any value passes";

/** Which cells may differ; of which rows, where not of all that it could be. */
function columnsOf({ columns, kinds }: Rule): Phrase {
  const cells: Phrase = columns === null ? ["any column"] : sayList(columns, 20);
  const all = columns === null ? 3 : 1;
  return kinds.length === all ? cells : [...cells, ` of ${kinds.join(" and ")} rows`];
}

function coveredBy({ matched, limit, fault }: Rule): string {
  return fault === "" ? `${count(matched)} of at most ${plural(limit, "row")}` : `nothing: ${visibleLine(fault)}`;
}

function moreRules(rules: readonly Rule[], limit: number): string {
  return rules.length > limit ? `… and ${plural(rules.length - limit, "more rule")}` : "";
}
