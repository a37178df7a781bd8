import path from "node:path";
import { summary } from "@actions/core";
import { messageOf } from "@rehearse/errors";
import { testScenario, writeReport, type TestRequest, type TestResult } from "@rehearse/rehearsal";
import { connectionLines, renderSummary, renderTerminal, reportFiles } from "@rehearse/report";
import { annotation, annotationsOf, type Annotation } from "../annotations/annotations-of.ts";
import { emitAnnotations } from "../annotations/emit-annotations.ts";
import { refuseUntrustedCode } from "../event/refuse-untrusted-code.ts";
import type { WorkflowRun } from "../event/workflow-run.ts";
import { logProgress } from "../log/log-progress.ts";
import { maskSecret } from "../log/mask-secret.ts";
import { writeLog } from "../log/write-log.ts";
import { aWhileAfter } from "./a-while-after.ts";
import { orNoVerdict } from "./or-no-verdict.ts";
import { outputsOf, type Outputs } from "./outputs-of.ts";
import { tellPullRequest } from "./tell-pull-request.ts";

export interface GitHubRehearsal extends Pick<TestRequest, "provider" | "keep" | "against" | "noise" | "only" | "signal"> {
  /** The scenario's folder or file, relative to the workspace. */
  readonly config: string;
  readonly run: WorkflowRun;
  /** For the comment; empty where there is none. */
  readonly token: string;
  readonly comment: boolean;
  /** The file that has the comment for the post step as long as it is owed. */
  readonly owed: string;
  readonly allowUntrustedCode: boolean;
}

export interface GitHubOutcome {
  readonly exitCode: 0 | 1 | 3;
  readonly outputs: Outputs;
}

/** The runner sends SIGINT, after 7.5 s SIGTERM, after 2.5 s more SIGKILL: what the tear-down leaves of this is for the comment. */
const farewellMs = 7_000;

/**
 * Rehearses a scenario as a step of a workflow: the report in the log, in the job's summary, in annotations, and in one comment of the pull
 * request, which says so where there is no verdict. What cannot be posted never changes the verdict. CODE_NOT_TRUSTED, and all that
 * `testScenario` throws, without secrets.
 */
export async function rehearseOnGitHub(rehearsal: GitHubRehearsal): Promise<GitHubOutcome> {
  const { config, run, token, owed, signal } = rehearsal;
  const secrets = formsOf(token);
  for (const secret of secrets) maskSecret(secret);
  refuseUntrustedCode(run, { allowed: rehearsal.allowUntrustedCode });
  const farewell = aWhileAfter(signal, farewellMs);
  const { result, body, folder } = await orNoVerdict({ ...rehearsal, secrets, farewell }, () => rehearse(rehearsal, secrets));
  const { report, scenario, exitCode, kept } = result;
  writeLog(`\n${renderTerminal(report, { color: false, width: 110, reportFile: path.join(folder, "report.html") })}`);
  const unsummarised = await writeSummary(renderSummary(report));
  if (kept !== null) writeLog(connectionLines(kept, `rehearse down ${config}`));
  const told = rehearsal.comment ? await tellPullRequest({ run, token, file: owed, body, signal: farewell }) : [];
  const remarks = [...leftBehind(result), ...unsummarised, ...told];
  emitAnnotations([...remarks, ...annotationsOf(report, { file: scenario.file, workspace: run.workspace })]);
  return { exitCode: remarks.some(({ level }) => level === "error") ? 3 : exitCode, outputs: outputsOf(report, folder) };
}

/** The job's summary; a runner that takes none, or has no room for it, is remarked on. */
async function writeSummary(text: string): Promise<Annotation[]> {
  try {
    await summary.addRaw(text).write();
    return [];
  } catch (thrown) {
    return [annotation({ level: "warning", title: "Rehearse could not write the summary", message: messageOf(thrown), place: null })];
  }
}

interface Rehearsed {
  readonly result: TestResult;
  /** What the comment says of it. */
  readonly body: string;
  /** Where the report's files lie. */
  readonly folder: string;
}

/** To the verdict and its report. `secrets` becomes longer with each that is made. */
async function rehearse({ config, run, ...rehearsal }: GitHubRehearsal, secrets: string[]): Promise<Rehearsed> {
  const onSecret = (secret: string): void => {
    secrets.push(secret);
    maskSecret(secret);
  };
  const { provider, keep, against, noise, only, signal } = rehearsal;
  const result = await testScenario({
    path: config,
    provider,
    keep,
    against,
    noise,
    only,
    mergesInto: run.mergesInto,
    signal,
    progress: logProgress,
    secrets: [...secrets],
    onSecret,
  });
  const files = reportFiles(result.report, { commit: run.commit });
  const folder = await writeReport(result.scenario, files);
  return { result, body: files["report.md"], folder };
}

/** A token, and as git sends it. */
function formsOf(token: string): string[] {
  return token === "" ? [] : [token, Buffer.from(`x-access-token:${token}`).toString("base64")];
}

/** A rehearsal that leaves something behind has not ended well, whatever it found. */
function leftBehind({ report: { teardown }, kept }: TestResult): Annotation[] {
  if (teardown === null || teardown.left === 0 || kept !== null) return [];
  const message = `${teardown.left} left: ${teardown.leftovers.join(", ")}`;
  return [annotation({ level: "error", title: "TEARDOWN_INCOMPLETE", message, place: null })];
}
