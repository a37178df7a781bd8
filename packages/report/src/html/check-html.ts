import type { Check } from "@rehearse/rehearsal";
import { count } from "../content/amounts.ts";
import { askedText } from "../content/assertion-words.ts";
import { checkGrids } from "../content/check-grids.ts";
import { checkName } from "../content/check-name.ts";
import { findings, gist, kindWord, notCompared, rowsText } from "../content/check-words.ts";
import { diffFoot, rungPhrase } from "../content/diff-words.ts";
import { lastLines } from "../content/last-lines.ts";
import { verdictWord } from "../content/ordered-checks.ts";
import { plain } from "../content/phrase.ts";
import { rulesGrids } from "../content/rule-words.ts";
import { signOf, titled } from "../content/verdict-sign.ts";
import { visibleLine, visibleLines, visibleName } from "../content/visible-text.ts";
import { gridHtml } from "./grid-html.ts";
import { html, nothing, phraseHtml, type Html } from "./html-text.ts";

/** A verdict as a coloured chip with its mark and word. */
export function chip(verdict: Check["verdict"], word: string = verdict): Html {
  const { mark, tone } = signOf(verdict);
  return html`<span class="chip ${tone}"><span aria-hidden="true">${mark}</span> ${word}</span>`;
}

/** A check with all its evidence, to fold. */
export function checkSection(check: Check, place: { readonly id: string; readonly open: boolean }): Html {
  const { counts } = check;
  const facts = [
    html`${titled(kindWord(check))}${check.kind === "stage" || check.stage === "" ? nothing : html` after <code>${visibleName(check.stage)}</code>`}`,
    ...(counts === null
      ? []
      : [html`${rowsText(check)} rows`, html`+${count(counts.added)} −${count(counts.removed)} ~${count(counts.changed)}`]),
    html`<code>rehearse.yml:${check.line}</code>`,
  ];
  return html`<details class="check" id="${place.id}" ${place.open ? html` open` : nothing}>
    <summary>
      ${chip(check.verdict, verdictWord(check))}
      <h3>${plain(checkName(check))}</h3>
      <span class="gist">${phraseHtml(gist(check))}</span>
    </summary>
    <p class="facts">${facts.map((fact) => html`<span>${fact}</span>`)}</p>
    ${reasonHtml(check)}${findingsHtml(check)}${columnBars(check)}${notComparedHtml(check)}
    ${rulesGrids(check, 200).map(gridHtml)}${examplesHtml(check)}
    ${askedHtml(check)}${outputHtml(check)}${footHtml(check)}${check.hint === "" ? nothing : html`<p class="hint"><span aria-hidden="true">→</span> ${visibleLine(check.hint)}</p>`}
  </details> `;
}

/** The rows that were found; those that differ as expected to unfold. */
function examplesHtml(check: Check): Html {
  const grids = checkGrids(check, { rows: 200, columns: Infinity, cell: 200 }).map(gridHtml);
  if (check.verdict !== "expected" || grids.length === 0) return html`${grids}`;
  return html`<details class="fold">
    <summary>Rows that differ as expected</summary>
    ${grids}
  </details>`;
}

/** Whether there is more to show of a check than its row in the table. */
export function hasEvidence(check: Check): boolean {
  const { counts, detail, hint, kind } = check;
  return counts !== null || hint !== "" || (kind === "assert" && detail !== null) || detail?.kind === "stage" || findings(check).length > 0;
}

/** The reason, where the few words beside the name do not give it already. */
function reasonHtml(check: Check): Html {
  return check.reason === "" || plain(gist(check)) === visibleLine(check.reason) ? nothing : html`<p>${visibleLine(check.reason)}</p>`;
}

function findingsHtml(check: Check): Html {
  const found = findings(check);
  return found.length === 0
    ? nothing
    : html`<ul>
        ${found.map((finding) => html`<li>${phraseHtml(finding)}</li>`)}
      </ul>`;
}

/** How many rows changed in each column, as bars of all rows that changed. */
function columnBars(check: Check): Html {
  const columns = check.detail?.kind === "diff" ? check.detail.columns.filter(({ changed }) => changed > 0) : [];
  if (columns.length < 2) return nothing;
  const most = Math.max(check.counts?.changed ?? 0, ...columns.map(({ changed }) => changed), 1);
  const rows = columns.map(
    ({ name, changed }) =>
      html`<tr>
        <th scope="row">${visibleName(name)}</th>
        <td class="right">${count(changed)}</td>
        <td class="track"><span class="bar" style="width:${partOf(changed, most)}%"></span></td>
      </tr>`,
  );
  return html`<table class="bars">
    <caption>
      Changed rows of each column
    </caption>
    <tbody>
      ${rows}
    </tbody>
  </table>`;
}

/** A part in percent; what is not all is never shown as all of it. */
function partOf(part: number, whole: number): string {
  return part === whole ? "100.0" : Math.min((part / whole) * 100, 99.9).toFixed(1);
}

function notComparedHtml(check: Check): Html {
  const columns = notCompared(check);
  if (columns.length === 0) return nothing;
  return html`<ul class="plain">
    ${columns.map(({ name, reason }) => html`<li>${chip("not compared")} <code>${visibleName(name)}</code> ${reason}</li>`)}
  </ul>`;
}

function askedHtml(check: Check): Html {
  const asked = askedText(check);
  if (asked === null) return nothing;
  const label = html`<p class="label">${phraseHtml(asked.label)}</p>`;
  return asked.text === ""
    ? label
    : html`${label}
        <pre tabindex="0">${visibleLines(asked.text).join("\n")}</pre>`;
}

function outputHtml(check: Check): Html {
  if (check.detail?.kind !== "stage") return nothing;
  const { lines, before } = lastLines(check.detail.output, 200);
  if (lines.length === 0) return html`<p class="dim">It wrote nothing.</p>`;
  const left = before > 0 ? `, ${count(before)} lines before are not shown` : "";
  return html`<p class="label">The end of its output${left}</p>
    <pre tabindex="0">${lines.join("\n")}</pre>`;
}

function footHtml(check: Check): Html {
  const rung = rungPhrase(check);
  return html`${diffFoot(check, 50).map((sentence) => html`<p class="dim">${phraseHtml(sentence)}</p>`)}${
    rung === null
      ? nothing
      : html`<details class="fold">
          <summary>How it was compared</summary>
          <p class="dim">${phraseHtml(rung)}</p>
        </details>`
  }`;
}
