import type { Check, Report } from "@rehearse/rehearsal";
import { checkName } from "../content/check-name.ts";
import { gist, notCompared } from "../content/check-words.ts";
import { enginesText, teardownText } from "../content/environment-words.ts";
import { escapeCommands } from "../content/escape-commands.ts";
import { headline } from "../content/headline.ts";
import { lastLines } from "../content/last-lines.ts";
import { needsLook } from "../content/ordered-checks.ts";
import { againstPhrase, onlyPhrase } from "../content/side-words.ts";
import { plain } from "../content/phrase.ts";
import { sampleWord } from "../content/sample-word.ts";
import { visibleName } from "../content/visible-text.ts";
import { characterReference } from "../html/html-text.ts";
import { checkLines } from "../terminal/check-lines.ts";
import { painter } from "../terminal/paint.ts";
import { element, type Xml } from "./xml-element.ts";

/** Readers of JUnit show text as it is, in a window of some width. */
const page = { paint: painter(false), width: 120 };

/**
 * The report as the XML that readers of JUnit results take (Jenkins, GitLab, actions that annotate): a suite for each stage with the stage's
 * time, in it a test for each check. Checks have no time of their own.
 *
 * A test fails exactly where the check makes `rehearse test` exit with 1: also where something was not compared or is inconclusive, for a
 * skipped test is green in every reader. Skipped are the columns of a compared dataset that could not be compared: their dataset has a
 * verdict of its own. There are no JUnit errors: a rehearsal that could not be carried out has no report.
 */
export function renderJunit(report: Report): string {
  const stages = [...new Set([...report.stages, ...report.checks.map(({ stage }) => ({ name: stage }))].map(({ name }) => name))];
  const suites = stages.map((stage, index) => suiteOf(report, { stage, id: index }));
  const { xml } = element(
    "testsuites",
    {},
    report.checks.length === 0 && report.verdict !== "same" ? [...suites, nothingChecked(report, suites.length)] : suites,
  );
  return `<?xml version="1.0" encoding="UTF-8"?>\n${escapeCommands(xml, characterReference)}\n`;
}

function suiteOf(report: Report, place: { readonly stage: string; readonly id: number }): Xml {
  const checks = report.checks.filter(({ stage }) => stage === place.stage);
  const wallMs = report.stages.find(({ name }) => name === place.stage)?.wallMs ?? 0;
  const classname = classOf(report, place.stage);
  const tests = checks.flatMap((check) => [
    testOf(check, classname),
    ...notCompared(check).map(({ name, reason }) => {
      return test({ name, classname }, [element("skipped", { message: `not compared: ${reason}` })]);
    }),
  ]);
  return suite(report, {
    ...place,
    wallMs,
    tests,
    failures: checks.filter(needsLook).length,
    skipped: tests.length - checks.length,
    output: checks.flatMap(({ detail }) => (detail?.kind === "stage" ? lastLines(detail.output, 1000).lines : [])),
  });
}

interface Suite {
  readonly stage: string;
  readonly id: number;
  readonly wallMs: number;
  readonly tests: readonly Xml[];
  readonly failures: number;
  readonly skipped: number;
  readonly output: readonly string[];
}

function suite(report: Report, { stage, id, wallMs, tests, failures, skipped, output }: Suite): Xml {
  // The common schema wants a time without a zone, and "localhost" where the host's name is not known.
  const [timestamp] = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?=\.\d+Z$|Z$)/.exec(report.startedAt) ?? [];
  const attributes = {
    id,
    package: nameOf(report.scenario),
    name: nameOf(stage),
    ...(timestamp === undefined ? {} : { timestamp }),
    hostname: "localhost",
    tests: tests.length,
    failures,
    errors: 0,
    skipped,
    time: (wallMs / 1000).toFixed(3),
  };
  const only = onlyPhrase(report);
  const facts = {
    scenario: visibleName(report.scenario),
    run: visibleName(report.run),
    verdict: report.verdict,
    against: plain(againstPhrase(report)),
    ...(only === null ? {} : { only: plain(only) }),
    engines: enginesText(report),
    teardown: teardownText(report),
  };
  const properties = Object.entries(facts).map(([name, value]) => element("property", { name, value }));
  const content = [
    element("properties", {}, properties),
    ...tests,
    element("system-out", {}, output.join("\n")),
    element("system-err", {}),
  ];
  return element("testsuite", attributes, content);
}

function testOf(check: Check, classname: string): Xml {
  const name = check.kind === "stage" ? `${visibleName(check.name)} ends well` : plain(checkName(check));
  const sampled = sampleWord(check);
  if (!needsLook(check)) return test({ name: sampled === "" ? name : `${name} (${sampled})`, classname }, []);
  const found = plain(gist(check));
  const message = found === "" ? check.verdict : `${check.verdict}: ${found}`;
  return test({ name, classname }, [element("failure", { type: check.verdict, message }, checkLines(check, page).join("\n"))]);
}

function test({ name, classname }: { readonly name: string; readonly classname: string }, content: readonly Xml[]): Xml {
  return element("testcase", { name: nameOf(name), classname, time: 0 }, content);
}

/** A rehearsal that compared nothing exits with 1: its results must not be green for want of tests. */
function nothingChecked(report: Report, id: number): Xml {
  const { where } = headline(report);
  const failure = element("failure", { type: report.verdict, message: plain(where) });
  const tests = [test({ name: "something is checked", classname: classOf(report, "checks") }, [failure])];
  return suite(report, { stage: "checks", id, wallMs: report.wallMs, tests, failures: 1, skipped: 0, output: [] });
}

/** Readers take what stands before the last dot for a package. */
function classOf(report: Report, stage: string): string {
  return `${visibleName(report.scenario)}.${visibleName(stage)}`;
}

/** A name that the schema takes: never empty. */
function nameOf(name: string): string {
  return name.trim() === "" ? `"${visibleName(name)}"` : visibleName(name);
}
