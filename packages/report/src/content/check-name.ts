import type { Check } from "@rehearse/rehearsal";
import { say, type Phrase } from "./phrase.ts";
import { visibleLine } from "./visible-text.ts";

/** What a check is called. Rules have no name but their reason, or the column that they are for, which many may share: they are named with their dataset. */
export function checkName({ name, detail }: Check): Phrase {
  return detail?.kind === "expect" || detail?.kind === "rule"
    ? say`${[`rule "${visibleLine(name)}" for `]}${detail.dataset}`
    : say`${name}`;
}
