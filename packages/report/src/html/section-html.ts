import type { Check, Report } from "@rehearse/rehearsal";
import { count, duration, memory } from "../content/amounts.ts";
import { checkName } from "../content/check-name.ts";
import { gist, notCompared, rowsText } from "../content/check-words.ts";
import { enginesText, leftovers, seedAmount, startedText, teardownText } from "../content/environment-words.ts";
import { acceptable, verdictWord } from "../content/ordered-checks.ts";
import type { Phrase } from "../content/phrase.ts";
import { againstPhrase, onlyPhrase } from "../content/side-words.ts";
import { visible, visibleLine, visibleName } from "../content/visible-text.ts";
import { chip } from "./check-html.ts";
import { html, nothing, phraseHtml, type Html } from "./html-text.ts";

/** A table of checks; `idOf` names the section that holds a check's evidence, if it has one. `waiting` says how many more wait, if any do. */
export function checksTable(checks: readonly Check[], idOf: (check: Check) => string | undefined, waiting: Phrase = []): Html {
  const rows = [
    ...checks.map((check) => [checkRow(check, idOf(check)), ...notCompared(check).map((column) => columnRow(check, column))]),
    ...(waiting.length === 0 ? [] : [waitingRow(waiting)]),
  ];
  return html`<div class="scroll" role="region" tabindex="0" aria-label="Checks">
    <table class="stack">
      <thead>
        <tr>
          <th scope="col">verdict</th>
          <th scope="col">check</th>
          <th scope="col">after</th>
          <th scope="col" class="right">rows</th>
          <th scope="col" class="right">added</th>
          <th scope="col" class="right">removed</th>
          <th scope="col" class="right">changed</th>
          <th scope="col">found</th>
        </tr>
      </thead>
      <tbody>
        ${rows}
      </tbody>
    </table>
  </div>`;
}

function checkRow(check: Check, id: string | undefined): Html {
  const name = check.kind === "assert" ? html`${visibleName(check.name)}` : phraseHtml(checkName(check));
  const { counts } = check;
  return html`<tr>
    <td>${chip(check.verdict, verdictWord(check))}</td>
    <th scope="row">${id === undefined ? name : html`<a href="#${id}">${name}</a>`}</th>
    <td data-label="after">${visibleName(check.stage)}</td>
    ${
      counts === null
        ? html`<td class="none" colspan="4"></td>`
        : html`<td class="right" data-label="rows">${rowsText(check)}</td>
            ${countCell("added", counts.added)}${countCell("removed", counts.removed)}${countCell("changed", counts.changed)}`
    }
    <td>${phraseHtml(gist(check))}</td>
  </tr> `;
}

function waitingRow(words: Phrase): Html {
  return html`<tr>
    <td>${chip("not compared")}</td>
    <th scope="row" colspan="7">${phraseHtml(words)}</th>
  </tr> `;
}

function countCell(label: string, number: number): Html {
  const text = number === 0 ? html`<span class="dim">0</span>` : html`<b>${count(number)}</b>`;
  return html`<td class="right" data-label="${label}">${text}</td>`;
}

function columnRow(check: Check, column: { readonly name: string; readonly reason: string }): Html {
  return html`<tr>
    <td>${chip("not compared")}</td>
    <th scope="row"><code>${visibleName(column.name)}</code></th>
    <td data-label="after">${visibleName(check.stage)}</td>
    <td class="none" colspan="4"></td>
    <td>${column.reason}</td>
  </tr> `;
}

/** What each stage took. What was not measured is a dash. */
export function stagesTable(report: Report): Html {
  const longest = Math.max(1, ...report.stages.map(({ wallMs }) => wallMs ?? 0));
  const rows = report.stages.map(({ name, verdict, wallMs, cpuMs, maxRssBytes, exitCode, writes }) => {
    const wrote = writes.map(
      ({ dataset, rows: number }) => html`<div><code>${visibleName(dataset)}</code> ${number === null ? "—" : count(number)}</div>`,
    );
    return html`<tr>
      <th scope="row">${visibleName(name)}</th>
      <td>${chip(verdict)}</td>
      <td class="right" data-label="time">${wallMs === null ? "—" : duration(wallMs)}</td>
      <td class="track"><span class="bar calm" style="width:${(((wallMs ?? 0) / longest) * 100).toFixed(1)}%"></span></td>
      <td class="right" data-label="CPU">${cpuMs === null ? "—" : duration(cpuMs)}</td>
      <td class="right" data-label="peak memory">${maxRssBytes === null ? "—" : memory(maxRssBytes)}</td>
      <td class="right" data-label="exit">${exitCode ?? "—"}</td>
      <td>${wrote}</td>
    </tr> `;
  });
  return html`<div class="scroll" role="region" tabindex="0" aria-label="Stages">
    <table class="stack">
      <thead>
        <tr>
          <th scope="col">stage</th>
          <th scope="col">verdict</th>
          <th scope="col" colspan="2">time</th>
          <th scope="col" class="right">CPU</th>
          <th scope="col" class="right">peak memory</th>
          <th scope="col" class="right">exit</th>
          <th scope="col">wrote rows</th>
        </tr>
      </thead>
      <tbody>
        ${rows}
      </tbody>
    </table>
  </div>`;
}

/** Where it ran, on what data, and what is left of it. */
export function environmentList(report: Report): Html {
  const left = leftovers(report);
  const only = onlyPhrase(report);
  const facts: (readonly [string, Html])[] = [
    ["Compared with", phraseHtml(againstPhrase(report))],
    ...(only === null ? [] : [["Rehearsed", phraseHtml(only)] as const]),
    ["Engines", html`${enginesText(report)}`],
    ["Provider", html`${visibleName(report.provider.name)}: ${visibleLine(report.provider.reason)}`],
    ["Seeds", report.seeds.length === 0 ? html`none` : html`${report.seeds.map(seedHtml)}`],
    [
      "Tear-down",
      html`${teardownText(report)}${
        left.length === 0
          ? nothing
          : html`<ul>
              ${left.map((item) => html`<li>${item}</li>`)}
            </ul>`
      }`,
    ],
    ["Run", html`<code>${visibleName(report.run)}</code>, ${startedText(report)}, ${duration(report.wallMs)}`],
    ...(report.notes.length === 0
      ? []
      : [
          [
            "Notes",
            html`<ul>
              ${report.notes.map((note) => html`<li>${visibleLine(note)}</li>`)}
            </ul>`,
          ] as const,
        ]),
  ];
  return html`<dl>
    ${facts.map(
      ([name, fact]) =>
        html`<div>
          <dt>${name}</dt>
          <dd>${fact}</dd>
        </div>`,
    )}
  </dl>`;
}

function seedHtml(seed: Report["seeds"][number]): Html {
  return html`<div>
    <code>${visibleName(seed.name)}</code> → <code>${visibleName(seed.into)}</code>
    <span class="seed">${seedAmount(seed)}, <code>${visible(seed.digest.slice(0, 18))}</code></span>
  </div>`;
}

/** The next commands, to copy. */
export function nextCommands(report: Report): Html {
  const { reproduce, keep, accept } = report.next;
  const commands = [
    ["Run it again", reproduce],
    ["Keep the environment and look inside", keep],
    ...(acceptable(report) ? [["It is meant to be so: accept", accept] as const] : []),
  ] as const;
  return html`<div class="commands">
    ${commands
      .filter(([, command]) => command !== "")
      .map(
        ([title, command]) =>
          html`<div>
            <h3>${title}</h3>
            <pre tabindex="0">${visible(command)}</pre>
          </div>`,
      )}
  </div>`;
}
