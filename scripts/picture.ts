// npm run picture: rehearses a bad release of the example, and takes the README's pictures of the report.
import { existsSync } from "node:fs";
import { cp, mkdtemp, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";
import { runCli } from "../packages/cli/src/run-cli.ts";
import { releaseBadly } from "./readme/bad-release.ts";

const docs = path.resolve(import.meta.dirname, "../docs");
const executablePath = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find((file) => existsSync(file));
if (executablePath === undefined) throw new Error("There is no Chromium to look at the report with: apt-get install chromium");

const folder = await mkdtemp(path.join(os.tmpdir(), "rehearse-picture-"));
try {
  await cp(path.join(docs, "example"), folder, { recursive: true });
  await releaseBadly(folder);
  process.chdir(folder);
  const argv = ["test", "orders", "--provider", "embedded"];
  const code = await runCli({ argv, stdout: process.stdout, stderr: process.stderr, env: process.env });
  if (code !== 1) throw new Error(`The rehearsal ended with ${code}: there is no difference to show.`);
  await using browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu"] });
  for (const colorScheme of ["light", "dark"] as const) {
    const page = await browser.newPage({ viewport: { width: 940, height: 1200 }, colorScheme, deviceScaleFactor: 1.5 });
    await page.goto(pathToFileURL(path.join(folder, "orders/.rehearse/report/report.html")).href);
    // Down to the table of checks: what follows is too long to be seen at a glance.
    const end = await page.getByRole("heading", { name: "What was found" }).boundingBox();
    if (end === null) throw new Error("The report does not say what was found.");
    const picture = await page.screenshot({ clip: { x: 0, y: 20, width: 940, height: end.y - 40 } });
    await writeFile(path.join(docs, `report-${colorScheme}.png`), picture);
    console.log(`docs/report-${colorScheme}.png: ${Math.round(picture.length / 1000)} kB`);
  }
} finally {
  await rm(folder, { recursive: true });
}
