import type { Check } from "@rehearse/rehearsal";
import { say, type Phrase } from "./phrase.ts";
import { visibleLine } from "./visible-text.ts";

/** What a check is called. A rule of expected differences has no name but its reason, which many may share: it is named with its dataset. */
export function checkName({ name, detail }: Check): Phrase {
  return detail?.kind === "expect" ? say`${[`rule "${visibleLine(name)}" for `]}${detail.dataset}` : say`${name}`;
}
