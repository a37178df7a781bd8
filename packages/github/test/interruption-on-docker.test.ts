import { expect, test } from "vitest";
import { census, nothingLeft } from "../../cli/test/census.ts";
import { dockerCensus, testImages, withDocker } from "../../cli/test/docker-census.ts";
import { Runner } from "./runner.ts";

/** What is printed when each phase has begun. */
const phases = [
  ["while containers start", /::add-mask::[\w-]{24}$/m],
  ["in a seed", /✓ up/],
  ["in a stage", /✓ seed [^]*✓ seed [^]*✓ seed /],
  ["at the tear-down", /[✓✗] linger/],
] as const;

const everything = { config: "everything", provider: "docker", comment: "false" };

test.runIf(withDocker).each(phases)("a step on Docker that is cancelled %s leaves nothing", { timeout: 60_000 }, async (_phase, begun) => {
  await using runner = await Runner.make({ event: "push", env: testImages });
  await runner.copy("everything");
  const step = runner.main(everything);
  await step.printed(begun);
  await step.cancel();
  const end = await step.end;
  expect(end.code, end.log).toBe(130);
  expect([census(runner), await dockerCensus(runner)], end.log).toEqual([nothingLeft, []]);
  expect(await runner.post().end).toMatchObject({ code: 0, log: "" });
});

test.runIf(withDocker).each(phases)(
  "what a step on Docker leaves that is killed %s is taken down by post",
  { timeout: 60_000 },
  async (phase, begun) => {
    await using runner = await Runner.make({ event: "push", env: testImages });
    await runner.copy("everything");
    const step = runner.main(everything);
    await step.printed(begun);
    step.kill("SIGKILL");
    await step.end;
    const before = await dockerCensus(runner);
    const post = await runner.post().end;
    expect(post.code, post.log).toBe(0);
    expect([census(runner), await dockerCensus(runner)], post.log).toEqual([nothingLeft, []]);
    expect(before.length).toBeGreaterThanOrEqual(/seed|stage/.test(phase) ? 4 : 0);
  },
);
