import { existsSync, statSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { z } from "zod";
import { Workplace } from "../../packages/cli/test/workplace.ts";
import { exampleWorkflow } from "./example-workflow.ts";
import { codeBlocks, readText, repository } from "./readme.ts";
import { renderReadme, shownFiles } from "./render-readme.ts";

const pages = ["README.md", "SECURITY.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "docs/file.md"];

test("every code block of the README is a file that another test runs, or the commands that another test runs", () => {
  const shown = new Set(shownFiles.map(readText));
  const others = codeBlocks().filter(({ language, text }) => !(language === "yaml" && shown.has(text)));
  expect(codeBlocks()).toHaveLength(shown.size + 2);
  expect(others.map(({ language }) => language)).toEqual(["sh", "sh"]);
});

test("what is generated in the README is up to date", async () => {
  expect(await renderReadme(repository)).toBe(readText("README.md"));
});

test("the workflow of the README has only inputs that the action takes, and only permissions that it needs", () => {
  const action = z.object({ inputs: z.record(z.string(), z.unknown()) }).parse(parse(readText("action.yml")));
  const { permissions, step } = exampleWorkflow();
  expect(Object.keys(step.with)).toEqual(["config", "provider"]);
  expect(Object.keys(action.inputs)).toEqual(expect.arrayContaining(Object.keys(step.with)));
  expect(permissions).toEqual({ contents: "read", "pull-requests": "write" });
});

test("the README names every command, and no other", async () => {
  await using place = await Workplace.make();
  const help = await place.rehearse(["--help"]);
  const commands = [...help.stdout.matchAll(/^ {2}([a-z]+) (?:\[options\]| )/gm)].map(([, name = ""]) => name);
  const named = [...readText("README.md").matchAll(/^\| `rehearse ([a-z]+)` \|/gm)].map(([, name = ""]) => name);
  expect(named.length).toBeGreaterThan(4);
  expect(named.toSorted()).toEqual(commands.toSorted());
});

test("every npm script that the pages name exists", () => {
  const { scripts } = z.object({ scripts: z.record(z.string(), z.string()) }).parse(JSON.parse(readText("package.json")));
  const named = pages
    .flatMap((page) => [...readText(page).matchAll(/\bnpm (?:run ([a-z]+)|(test))\b/g)])
    .map(([, one, other]) => one ?? other);
  expect(new Set(named).size).toBeGreaterThan(5);
  expect(Object.keys(scripts)).toEqual(expect.arrayContaining([...new Set(named)]));
});

test("every link and picture of the pages leads to a file of this repository", () => {
  const links = pages.flatMap((page) =>
    [...readText(page).matchAll(/\]\(([^)]+)\)|(?:src|srcset)="([^"]+)"/g)].map(([, one, other]) => ({ page, link: one ?? other ?? "" })),
  );
  const local = links.filter(({ link }) => !link.startsWith("https://"));
  expect(local.length).toBeGreaterThan(20);
  expect(local.filter(({ page, link }) => !leadsSomewhere(page, link))).toEqual([]);
});

test("the README has a picture for light and one for dark, neither too heavy for a slow line", () => {
  const pictures = [...readText("README.md").matchAll(/(?:src|srcset)="([^"]+)"/g)].map(([, picture = ""]) => picture);
  expect(pictures.toSorted()).toEqual(["docs/report-dark.png", "docs/report-light.png"]);
  for (const picture of pictures) expect(statSync(path.join(repository, picture)).size).toBeLessThan(150_000);
});

test("every file that ARCHITECTURE names is there", () => {
  const named = [...readText("ARCHITECTURE.md").matchAll(/`([\w.-]+(?:\/[\w.-]+)+)`/g)].map(([, file = ""]) => file);
  expect(named.length).toBeGreaterThan(20);
  const missing = named.filter(
    (file) => !["", "packages", "packages/services/src"].some((base) => existsSync(path.join(repository, base, file))),
  );
  expect(missing).toEqual([]);
});

/** Whether there is the file, and in it the heading, that a link of a page names. */
function leadsSomewhere(page: string, link: string): boolean {
  const [file = "", heading] = link.split("#");
  const target = file === "" ? page : path.join(path.dirname(page), file);
  if (!existsSync(path.join(repository, target))) return false;
  const headings = heading === undefined ? [] : [...readText(target).matchAll(/^#+ (.+)$/gm)].map(([, words = ""]) => anchorOf(words));
  return heading === undefined || headings.includes(heading);
}

/** As GitHub names a heading. */
function anchorOf(heading: string): string {
  return heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\- ]/gu, "")
    .replaceAll(" ", "-");
}
