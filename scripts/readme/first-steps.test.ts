import { execFile } from "node:child_process";
import { mkdir } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { Workplace } from "../../packages/cli/test/workplace.ts";
import { checkOutAction } from "../../packages/github/test/act/action-checkout.ts";
import { shownCommands } from "./readme.ts";

const run = promisify(execFile);
const ofTheNetwork = /^(?:npm_config_.*|.*_proxy|node_extra_ca_certs)$/i;

test("the README's first commands clone the repository, install it, and rehearse the demo", async () => {
  await using place = await Workplace.make();
  const published = path.join(place.root, "published");
  const stranger = path.join(place.root, "stranger");
  await mkdir(stranger);
  await checkOutAction(published);
  await commit(published);
  const commands = shownCommands().firstSteps;
  const { PATH = "", HOME = "", REHEARSE_CACHE, XDG_CACHE_HOME } = process.env;
  const env = {
    ...Object.fromEntries(Object.entries(process.env).filter(([name]) => ofTheNetwork.test(name))),
    PATH,
    HOME,
    REHEARSE_CACHE,
    XDG_CACHE_HOME,
    TMPDIR: place.tmp,
    REHEARSE_STATE: place.state,
    // The packages are those of the lock file whether they come from the registry or from npm's cache.
    npm_config_prefer_offline: "true",
    // What git knows of here stands for what lies at the address.
    GIT_CONFIG_COUNT: "1",
    GIT_CONFIG_KEY_0: `url.file://${published}.insteadOf`,
    GIT_CONFIG_VALUE_0: /https:\S+/.exec(commands)?.[0],
  };
  const { stdout } = await run("bash", ["-euo", "pipefail", "-c", commands], { cwd: stranger, env, timeout: 280_000 });
  expect(stdout).toMatch(/Same\. All \d+ checks agree\./);
}, 300_000);

async function commit(folder: string): Promise<void> {
  for (const args of [
    ["init", "--quiet", "--initial-branch=main"],
    ["add", "--all"],
    ["commit", "--quiet", "--message=test"],
  ])
    await run("git", ["-c", "user.name=test", "-c", "user.email=test@example.invalid", ...args], { cwd: folder });
}
