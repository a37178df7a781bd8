import { expect, it } from "vitest";
import type { Check } from "@rehearse/rehearsal";
import { renderHtml, renderMarkdown, renderTerminal } from "@rehearse/report";
import { sampleReport } from "./sample-reports.ts";

const report = sampleReport("failed-stage");
const unasked: Check = {
  name: "totals are kept",
  kind: "assert",
  stage: "refresh",
  verdict: "not compared",
  counts: null,
  reason: "backfill failed before it",
  hint: "",
  line: 50,
  detail: null,
};

it("says once what waits for a stage that failed, and shows no card without anything on it", () => {
  const asked = { ...report, checks: [...report.checks, unasked] };
  const [terminal, comment, html] = [renderTerminal(asked, { color: false, width: 100 }), renderMarkdown(asked), renderHtml(asked)];
  expect(terminal.match(/not compared/g)).toHaveLength(1);
  expect(terminal).toContain("◌ 4 checks wait for backfill\n");
  expect(comment).toContain("| ◌ not compared | 4 checks wait for `backfill` |");
  expect(comment).toContain("- `totals are kept` after `refresh`");
  expect(html.match(/<details class="check" /g)).toHaveLength(1);
});

it("says on its own what waits for something else", () => {
  const obsolete: Check = { ...unasked, name: "core.gone", stage: "gone", kind: "diff", reason: "no stage writes it any more" };
  const hinted: Check = { ...unasked, hint: "rehearse test" };
  const terminal = renderTerminal({ ...report, checks: [...report.checks, obsolete, hinted] }, { color: false, width: 100 });
  expect(terminal).toContain("◌ 3 checks wait for backfill\n");
  expect(terminal).toContain("◌ core.gone  after gone");
  expect(terminal).toContain("◌ totals are kept  after refresh");
});

it("has nothing that waits where a check was merely not compared", () => {
  expect(renderTerminal(sampleReport("not-compared"), { color: false, width: 100 })).not.toMatch(/waits? for/);
});
