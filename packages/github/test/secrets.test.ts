import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { z } from "zod";
import { bot, LoopbackGitHub } from "./loopback/loopback-github.ts";
import { pullRequest, Runner } from "./runner.ts";

const token = "ghs_/planted+token=with&signs";

test("ten planted secrets are in no log, annotation, comment, summary, report or fact, and the runner is told of them first", async () => {
  await using github = await LoopbackGitHub.start();
  github.tokens.set(token, { account: bot, mayWrite: true, ofApp: true });
  await using runner = await Runner.make({ payload: pullRequest(), apiUrl: github.url });
  const scenario = await runner.copy(path.join(import.meta.dirname, "scenarios", "leaks"));
  const end = await runner.main({ config: "leaks", token }).end;
  expect(end.outputs["verdict"], end.log).toBe("failed");

  const secrets = z.record(z.string(), z.string()).parse(JSON.parse(readFileSync(path.join(scenario, "found.json"), "utf8")));
  expect(Object.keys(secrets)).toHaveLength(10);
  const state = path.join(scenario, ".rehearse");
  const files = readdirSync(state, { recursive: true, encoding: "utf8" }).filter((name) => /run\.json$|report[/]/.test(name));
  expect(files.map((name) => path.basename(name)).toSorted()).toEqual(["junit.xml", "report.html", "report.json", "report.md", "run.json"]);
  const comment = github.comments[0]?.body ?? "";
  const shown = {
    log: end.log,
    summary: end.summary,
    comment,
    ...Object.fromEntries(files.map((name) => [name, readFileSync(path.join(state, name), "utf8")])),
  };
  for (const [place, text] of Object.entries(shown)) {
    expect(text, `${place} shows where something was left out`).toContain("***");
    for (const [name, secret] of Object.entries(secrets)) {
      expect(text.includes(secret), `${name} in ${place}`).toBe(false);
      expect(text.includes(JSON.stringify(secret).slice(1, -1)), `${name} in ${place}, as JSON`).toBe(false);
      // A DSN ends with the name of a database.
      expect(text.includes(secret.slice(-12)), `the end of ${name} in ${place}`).toBe(
        name.includes("DSN") && text.includes(secret.slice(-12)),
      );
    }
  }
  // A mask hides all that holds it.
  for (const [name, secret] of Object.entries(secrets))
    expect(
      end.masks.some((mask) => secret.includes(mask)),
      name,
    ).toBe(true);
  expect(end.masks[0]).toBe(token);
});
