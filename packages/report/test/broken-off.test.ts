import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { expect, it } from "vitest";
import { z } from "zod";
import { renderBrokenOff, type BrokenOff } from "@rehearse/report";
import { hostileStrings } from "./sample-reports.ts";

const folder = new URL("broken-off/", import.meta.url);
const caseFile = (name: string, file: string): URL => new URL(`${name}/${file}`, folder);
const brokenOffSchema: z.ZodType<BrokenOff> = z.strictObject({
  scenario: z.string(),
  commit: z.string().nullable(),
  failure: z.strictObject({
    code: z.string().nullable(),
    message: z.string(),
    hint: z.string(),
    expected: z.string().optional(),
    got: z.string().optional(),
  }),
});

/** `REHEARSE_WRITE_CASES=1` writes what is rendered; the difference is then read in the commit. */
it.each(readdirSync(folder))("what broke off is rendered as a comment as the file says: %s", (name) => {
  const rendered = renderBrokenOff(brokenOffSchema.parse(JSON.parse(readFileSync(caseFile(name, "broken-off.json"), "utf8"))));
  if (process.env["REHEARSE_WRITE_CASES"] === "1") writeFileSync(caseFile(name, "comment.md"), rendered);
  expect(rendered).toBe(readFileSync(caseFile(name, "comment.md"), "utf8"));
});

it("stays within what GitHub takes, whatever the failure says, and says what it leaves out", () => {
  for (const text of [...hostileStrings, "`", "@`|<\u202e", "\u{10ffff}", "- \n"].map((each) =>
    each.repeat(1 + 100_000 / (each.length + 1)),
  )) {
    const failure = { code: text, message: text, hint: text, expected: text, got: text };
    const rendered = renderBrokenOff({ scenario: text, commit: text, failure });
    expect(new TextEncoder().encode(rendered).length).toBeLessThanOrEqual(65_536);
    expect(rendered).toMatch(/left out|more lines? in the log of the step/);
  }
});
