import type { Check, Report } from "@rehearse/rehearsal";
import { count, duration } from "../content/amounts.ts";
import { escapeCommands } from "../content/escape-commands.ts";
import { enginesText, leftovers, teardownText } from "../content/environment-words.ts";
import { headline, story } from "../content/headline.ts";
import { isDownstream, isTold, orderedChecks, verdictCounts } from "../content/ordered-checks.ts";
import { againstPhrase, commitPhrase } from "../content/side-words.ts";
import { signOf } from "../content/verdict-sign.ts";
import { visibleName } from "../content/visible-text.ts";
import { waitingChecks } from "../content/waiting-checks.ts";
import { checkSection, chip, hasEvidence } from "./check-html.ts";
import { characterReference, html, nothing, phraseHtml, type Html } from "./html-text.ts";
import { pipelineSvg } from "./pipeline-svg.ts";
import { checksTable, environmentList, nextCommands, stagesTable } from "./section-html.ts";
import { style } from "./style.ts";

/** How many checks lie open; the rest unfold. */
const openChecks = 8;

/** The report as one page of HTML that needs nothing but itself: no network, no script. */
export function renderHtml(report: Report): string {
  const checks = orderedChecks(report);
  const waiting = waitingChecks(report);
  const told = checks.filter((check) => isTold(check) && !waiting.checks.includes(check));
  const quiet = checks.filter((check) => !isTold(check));
  const proven = told.filter(hasEvidence);
  const idOf = (check: Check): string | undefined => (proven.includes(check) ? `check-${String(proven.indexOf(check) + 1)}` : undefined);
  const sections = proven.map((check, index) =>
    checkSection(check, { id: `check-${String(index + 1)}`, open: index < openChecks && !isDownstream(check, report) }),
  );
  // Of the quiet ones, what could not be compared is said aloud all the same.
  const partial = quiet.filter(({ detail }) => detail?.kind === "diff" && detail.notCompared.length > 0);
  const shown = [...told, ...partial];
  const hidden = quiet.filter((check) => !partial.includes(check));
  const page = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'" />
        <title>Rehearsal: ${visibleName(report.scenario)}: ${report.verdict}</title>
        <style>
          ${{ html: style }}
        </style>
      </head>
      <body>
        <main>
          ${headHtml(report)}
          <section aria-labelledby="pipeline">
            <h2 id="pipeline">Pipeline</h2>
            <div class="card">
              <div class="scroll" role="region" tabindex="0" aria-label="Pipeline">${pipelineSvg(report)}</div>
              <p class="dim legend">
                Arrows lead from what is written to who reads it, dashed ones give the order only. ← comes from outside the pipeline.
              </p>
            </div>
          </section>
          ${
            shown.length === 0
              ? nothing
              : html`<section aria-labelledby="checks">
                  <h2 id="checks">Checks</h2>
                  <div class="card">${checksTable(shown, idOf, waiting.words)}</div>
                </section>`
          }
          ${
            sections.length === 0
              ? nothing
              : html`<section aria-labelledby="found">
                  <h2 id="found">What was found</h2>
                  ${sections}
                </section>`
          }
          ${
            waiting.checks.length === 0
              ? nothing
              : html`<section aria-label="Checks that wait">
                  <details class="check quiet">
                    <summary>${chip("not compared")} <span>${phraseHtml(waiting.words)}</span></summary>
                    ${checksTable(waiting.checks, idOf)}
                  </details>
                </section>`
          }
          ${
            hidden.length === 0
              ? nothing
              : html`<section aria-label="Checks without a difference">
                  <details class="check quiet" ${shown.length === 0 ? html` open` : nothing}>
                    <summary>${quietTitle(hidden)}</summary>
                    ${checksTable(hidden, idOf)}
                  </details>
                </section>`
          }
          <section aria-labelledby="next">
            <h2 id="next">Next</h2>
            ${nextCommands(report)}
          </section>
          <section aria-labelledby="stages">
            <h2 id="stages">Stages</h2>
            <div class="card">${stagesTable(report)}</div>
          </section>
          <section aria-labelledby="environment">
            <h2 id="environment">Environment</h2>
            <div class="card">${environmentList(report)}</div>
          </section>
        </main>
      </body>
    </html> `;
  return escapeCommands(page.html, characterReference);
}

function headHtml(report: Report): Html {
  const { verdict, where } = headline(report);
  const { mark, tone } = signOf(report.verdict);
  const commit = commitPhrase(report);
  const left = leftovers(report).length > 0;
  const facts = [
    html`against ${phraseHtml(againstPhrase(report))}`,
    html`${duration(report.wallMs)}`,
    html`${enginesText(report)}`,
    html`<span class="${left ? "bad strong" : ""}">${teardownText(report)}</span>`,
  ];
  return html`<header class="${tone}">
    <p class="dim">Rehearsal of <b>${visibleName(report.scenario)}</b>${commit === null ? nothing : html`, ${phraseHtml(commit)}`}</p>
    <h1>
      <span class="seal" aria-hidden="true">${mark}</span><span><span class="verdict">${verdict}.</span> ${phraseHtml(where)}</span>
    </h1>
    ${story(report).map((sentence) => html`<p class="story">${phraseHtml(sentence)}</p>`)}
    <p class="tally">${tallyHtml(report.checks)}</p>
    <p class="facts">${facts.map((fact) => html`<span>${fact}</span>`)}</p>
  </header>`;
}

function tallyHtml(checks: readonly Check[]): Html {
  return html`${verdictCounts(checks).map(({ verdict, word, number }) => html`${chip(verdict, `${count(number)} ${word}`)} `)}`;
}

function quietTitle(checks: readonly Check[]): string {
  return checks.length === 1 ? "1 check is the same" : `${count(checks.length)} checks are the same`;
}
