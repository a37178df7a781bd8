import { once } from "node:events";
import { readFile, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import path from "node:path";
import { expect, test } from "vitest";
import { ann, bot, LoopbackGitHub } from "./loopback/loopback-github.ts";
import { commits, pullRequest, Runner } from "./runner.ts";

const marker = "<!-- rehearse:orders -->";
const older = `${marker}\n### ✓ Same. What an older run found.`;
const foot = `<sub>commit \`${commits.head.slice(0, 7)}\`</sub>`;

/** Changes a file of a scenario. */
async function change(file: string, [from, to]: readonly [string, string]): Promise<void> {
  const text = await readFile(file, "utf8");
  expect(text).toContain(from);
  await writeFile(file, text.replace(from, to));
}

const broken: Readonly<Record<string, readonly [from: string, to: string, said: readonly string[]]>> = {
  "an unknown key": ["seeds:", "sedes:", ["CONFIG_INVALID", "orders/rehearse.yml:", 'did you mean "seeds"?']],
  "a tab": ["  summarise:", "\tsummarise:", ["CONFIG_INVALID", "a tab is used as indentation"]],
  "a seed that is not there": ["from: schema.sql", "from: nowhere.sql", ["CONFIG_INVALID", "nowhere.sql: no such file"]],
  "a seed that fails": ["from: orders.ndjson", "from: { run: [node, summarise.mjs] }", ["SEED_FAILED"]],
};
for (const [what, [from, to, said]] of Object.entries(broken)) {
  test(`${what} leaves no older verdict: the comment says what broke off, and for which commit; post is silent`, async () => {
    await using github = await LoopbackGitHub.start();
    const others = [github.write(ann, older), github.write(bot, older.replace("orders", "orders-2"))];
    const comment = github.write(bot, older);
    await using runner = await Runner.make({ payload: pullRequest(), apiUrl: github.url });
    const scenario = await runner.copy("orders");
    await change(path.join(scenario, "rehearse.yml"), [from, to]);
    const end = await runner.main({ config: "orders" }).end;
    expect([2, 3], end.log).toContain(end.code);
    expect(end.outputs).toEqual({});
    expect(comment.body.startsWith(`${marker}\n### ◌ No verdict. The rehearsal broke off.\n`), comment.body).toBe(true);
    for (const words of [...said, "Next: ", foot]) expect(comment.body).toContain(words);
    expect(end.log).toMatch(/^Comment updated: /m);
    expect(github.comments).toEqual([...others, comment]);
    expect(others.map(({ body }) => body)).toEqual([older, older.replace("orders", "orders-2")]);
    github.calls.length = 0;
    expect(await runner.post().end).toMatchObject({ code: 0, log: "" });
    expect(github.calls).toEqual([]);
  });
}

test("a service that cannot start leaves no older verdict; where there was no comment, one is made", async () => {
  await using github = await LoopbackGitHub.start();
  await using runner = await Runner.make({ payload: pullRequest(), apiUrl: github.url });
  const scenario = await runner.copy("orders");
  const taken = createServer().listen(0, "127.0.0.1");
  await once(taken, "listening");
  const address = taken.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  await change(path.join(scenario, "rehearse.yml"), ["engine: clickhouse", `engine: clickhouse, port: ${port}`]);
  const end = await runner.main({ config: "orders" }).end;
  taken.close();
  expect(end.code, end.log).toBe(3);
  expect(github.comments).toMatchObject([{ user: bot, body: expect.stringMatching(/No verdict[^]*`PORT_TAKEN`[^]*Next: /) }]);
});

test("no secret is in the comment of what broke off, and none of its text is alive", async () => {
  const token = "ghs_/planted+token=with&signs";
  await using github = await LoopbackGitHub.start();
  github.tokens.set(token, { account: bot, mayWrite: true, ofApp: true });
  await using runner = await Runner.make({ payload: pullRequest(), apiUrl: github.url });
  const scenario = await runner.copy("orders");
  const nasty = `${token} @octocat \`\`\` ::error::x`;
  await change(path.join(scenario, "rehearse.yml"), ["timeout: 30s", `timeout: ${JSON.stringify(nasty)}`]);
  const end = await runner.main({ config: "orders", token }).end;
  const body = github.comments[0]?.body ?? "";
  expect(body, end.log).toMatch(/^(`{4,})text\n[^]*\*\*\* @octocat ``` ::error::x[^]*\n\1$/m);
  for (const form of [token, encodeURIComponent(token)]) expect([body, end.log].map((text) => text.includes(form))).toEqual([false, false]);
  expect(end.otherCommands).toEqual([]);
});

test("a file that names no scenario: its comment cannot be found, which is said; nobody is asked", async () => {
  await using github = await LoopbackGitHub.start();
  github.write(bot, older);
  await using runner = await Runner.make({ payload: pullRequest(), apiUrl: github.url });
  const scenario = await runner.copy("orders");
  await writeFile(path.join(scenario, "rehearse.yml"), "]\n");
  for (const config of ["orders", "nowhere"]) {
    const end = await runner.main({ config }).end;
    expect(end.code, end.log).toBe(2);
    expect(end.log).toContain(`No comment: ${config} names no scenario.`);
    expect(await runner.post().end).toMatchObject({ code: 0, log: "" });
  }
  expect(github.calls).toEqual([]);
});

test("what asks for no comment gets none when it breaks off", async () => {
  await using github = await LoopbackGitHub.start();
  for (const { options, inputs = {} } of [
    { options: { event: "push" } },
    { options: { payload: pullRequest() }, inputs: { comment: "false" } },
  ]) {
    await using runner = await Runner.make({ ...options, apiUrl: github.url });
    const scenario = await runner.copy("orders");
    await change(path.join(scenario, "rehearse.yml"), ["seeds:", "sedes:"]);
    const end = await runner.main({ config: "orders", ...inputs }).end;
    expect(end.code).toBe(2);
    expect(end.log).not.toMatch(/comment:/i);
    expect(await runner.post().end).toMatchObject({ code: 0, log: "" });
  }
  expect(github.calls).toEqual([]);
});

test("a GitHub that is away when it breaks off is said, and changes no exit code", async () => {
  await using runner = await Runner.make({ payload: pullRequest() });
  const scenario = await runner.copy("orders");
  await change(path.join(scenario, "rehearse.yml"), ["seeds:", "sedes:"]);
  const end = await runner.main({ config: "orders" }).end;
  expect(end.code).toBe(2);
  expect(end.remarks.map(({ properties }) => properties["title"])).toEqual(["Rehearse could not comment", "CONFIG_INVALID"]);
});
