import { readdirSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { expect, test } from "vitest";
import { census, nothingLeft } from "../../cli/test/census.ts";
import { Repository } from "../../cli/test/repository.ts";
import { LoopbackGitHub } from "./loopback/loopback-github.ts";
import { Runner } from "./runner.ts";

/** A pull request into a branch that is not the default one. */
const payload = {
  pull_request: {
    number: 7,
    head: { sha: "abcdef0".padEnd(40, "1"), repo: { full_name: "acme/shop" } },
    base: { ref: "release", sha: "0".repeat(39).padEnd(40, "1") },
  },
};

test("against: base compares with where the pull request left the branch it goes into, and the comment names that commit", async () => {
  await using github = await LoopbackGitHub.start();
  await using runner = await Runner.make({ payload, apiUrl: github.url });
  const scenario = await runner.copy("orders");
  const repository = await Repository.make(runner.workspace);
  const base = repository.git("rev-parse", "HEAD");
  repository.git("update-ref", "refs/remotes/origin/release", base);
  const file = path.join(scenario, "summarise.mjs");
  await writeFile(file, (await readFile(file, "utf8")).replace("sum(amount)", "sum(amount) + 1"));
  repository.commit("the change");

  const changed = await runner.main({ config: "orders", against: "base" }).end;
  expect(changed.code, changed.log).toBe(1);
  expect(changed.outputs).toMatchObject({ verdict: "different", "first-divergence": "summarise/warehouse.totals" });
  for (const text of [changed.log, changed.summary, github.comments[0]?.body ?? ""]) {
    expect(text).toContain(base.slice(0, 7));
    expect(text).toContain("merge base with origin/release");
  }
  const alone = await runner.main({ config: "orders", against: "base", only: "summarise" }).end;
  expect(alone.outputs, alone.log).toMatchObject({ verdict: "different" });
  expect(alone.summary).toContain("`summarise` alone");
  expect(readdirSync(path.join(scenario, ".rehearse", "base"))).toEqual([]);
  expect(census(runner)).toEqual(nothingLeft);
});

test("against: base in a clone without history says what to give actions/checkout", async () => {
  await using runner = await Runner.make({ payload });
  await runner.copy("orders");
  const repository = await Repository.make(runner.workspace);
  repository.commit("only this was fetched");
  await writeFile(path.join(runner.workspace, ".git", "shallow"), `${repository.git("rev-parse", "HEAD")}\n`);
  const end = await runner.main({ config: "orders", against: "base", comment: "false" }).end;
  expect(end.code).toBe(2);
  expect(end.remarks).toMatchObject([{ level: "error", properties: { title: "REVISION_NOT_FOUND" } }]);
  expect(end.log).toContain("`fetch-depth: 0`");
});
