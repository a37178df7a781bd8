import path from "node:path";
import { expect, test } from "vitest";
import { census, nothingLeft } from "../../cli/test/census.ts";
import { bot, LoopbackGitHub } from "./loopback/loopback-github.ts";
import { pullRequest, Runner } from "./runner.ts";

const older = "<!-- rehearse:everything -->\n### ✓ Same. What an older run found.";

/** What the comment says in the end, and what the post step prints. */
interface Told {
  readonly comment: RegExp;
  readonly post: RegExp;
}

interface Phase {
  /** Printed when it has begun. */
  readonly begun: RegExp;
  readonly cancelled: Told;
  readonly killed: Told;
}

function rehearsing(begun: RegExp): Phase {
  const noVerdict = (why: string): RegExp => new RegExp(`^<!-- rehearse:everything -->\n### ◌ No verdict\\.[^]*${why}`);
  return {
    begun,
    cancelled: { comment: noVerdict("interrupted by SIGINT"), post: /^$/ },
    killed: { comment: noVerdict("killed before it came to a verdict"), post: /^Comment updated: /m },
  };
}

const verdict = { comment: /^<!-- rehearse:everything -->\n### ◌ Not compared/, post: /^Comment updated: / };
// It may have noted what it owes, or not.
const either = { comment: /^<!-- rehearse:everything -->\n### (?:✓ Same|◌ No verdict)/, post: /^(?:Comment updated: .*\s*)?$/ };

// What is cancelled there may have come to its verdict, or not.
const interruptedOrJudged = {
  comment: /^<!-- rehearse:everything -->\n### (?:◌ No verdict\.[^]*interrupted by SIGINT|◌ Not compared)/,
  post: /^(?:Comment updated: .*\s*)?$/,
};

const phases: Readonly<Record<string, Phase>> = {
  "before anything": { begun: /reading the workflow step/, cancelled: either, killed: either },
  "while engines start": rehearsing(/::add-mask::(?!job-token)[\w-]{24}$/m),
  "in a seed": rehearsing(/✓ up/),
  "in a stage": rehearsing(/✓ seed [^]*✓ seed [^]*✓ seed /),
  "in a later stage": rehearsing(/✓ summarise/),
  "at the tear-down": { ...rehearsing(/[✓✗] linger/), cancelled: interruptedOrJudged },
  "at the comment": { begun: /Different|Not compared|Failed/, cancelled: verdict, killed: verdict },
};

for (const [phase, { begun, cancelled, killed }] of Object.entries(phases)) {
  test(`a step that is cancelled ${phase} leaves nothing, and no older verdict once it began; post does only what was left`, async () => {
    await using github = await LoopbackGitHub.start();
    const comment = github.write(bot, older);
    // The first answer is waited for until there is no time left.
    if (phase === "at the comment") github.faults.push({ kind: "silence", times: 10 });
    await using runner = await Runner.make({ payload: pullRequest(), apiUrl: github.url });
    await runner.copy("everything");
    const step = runner.main({ config: "everything" });
    await step.printed(begun);
    await step.cancel();
    const end = await step.end;
    // Node ends by the signal where nothing listens for it yet.
    expect(phase === "before anything" ? [130, null] : [130], end.log).toContain(end.code);
    expect(end.otherCommands).toEqual([]);
    expect(census(runner), end.log).toEqual(nothingLeft);
    github.faults.length = 0;
    const post = await runner.post().end;
    expect(post.code, post.log).toBe(0);
    expect(post.log).toMatch(cancelled.post);
    expect(comment.body).toMatch(cancelled.comment);
    expect(github.comments).toEqual([comment]);
  });

  test(`what a step leaves that is killed ${phase} is taken down by post, which says so, once it began also in place of the older verdict`, async () => {
    await using github = await LoopbackGitHub.start();
    const comment = github.write(bot, older);
    if (phase === "at the comment") github.faults.push({ kind: "silence", times: 10 });
    await using runner = await Runner.make({ payload: pullRequest(), apiUrl: github.url });
    await runner.copy("everything");
    const step = runner.main({ config: "everything" });
    await step.printed(begun);
    step.kill("SIGKILL");
    await step.end;
    const before = census(runner);
    github.faults.length = 0;
    const post = await runner.post().end;
    expect(post.code, post.log).toBe(0);
    expect(census(runner), post.log).toEqual(nothingLeft);
    const takenDown = /✓ [a-z0-9]{8} was left behind: created \d+ · removed \d+ · left 0/;
    expect(takenDown.test(post.log), post.log).toBe(before.ledgers.length > 0);
    expect(before.processes.length).toBeGreaterThanOrEqual(/seed|stage/.test(phase) ? 1 : 0);
    expect(post.log).toMatch(killed.post);
    expect(comment.body).toMatch(killed.comment);
    expect(github.comments).toEqual([comment]);
    // What was posted is owed no longer.
    expect(await runner.post().end).toMatchObject({ code: 0, log: "" });
  });
}

test("a post step waits for a main step that is still at its own tear-down", async () => {
  await using runner = await Runner.make({ event: "push" });
  await runner.copy("everything");
  const step = runner.main({ config: "everything" });
  await step.printed(/✓ up/);
  const post = runner.post();
  await step.printed(/✓ summarise/);
  const [ledger = "none"] = census(runner).ledgers;
  step.kill("SIGINT");
  // What somebody else's rehearsal left on this machine, it may take down and say.
  expect((await post.end).log).not.toContain(path.basename(ledger, ".ndjson"));
  expect((await post.end).code).toBe(0);
  expect((await step.end).code).toBe(130);
  expect(census(runner)).toEqual(nothingLeft);
});
