import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { expect, it } from "vitest";
import { casesOf } from "./cases.ts";
import { problemsOf } from "./problems-of.ts";

const texts = casesOf("valid").map(({ folder }) => readFileSync(join(folder, "rehearse.yml"), "utf8"));

/** A good file with pieces of it replaced by pieces of others, or by what YAML takes for special. */
const mutilated = fc
  .record({
    text: fc.constantFrom(...texts),
    donor: fc.constantFrom(...texts, "- ? : , [ ] { } # & * ! | > ' \" % @ ` ${ $${ ~ \t \r\n 1e9 .inf __proto__ constructor toString"),
    cuts: fc.array(fc.tuple(fc.nat(), fc.nat(20), fc.nat(), fc.nat(20)), { minLength: 1, maxLength: 4 }),
  })
  .map(({ text, donor, cuts }) =>
    cuts.reduce((result, [at, length, from, size]) => {
      const start = at % (result.length + 1);
      const piece = from % (donor.length + 1);
      return result.slice(0, start) + donor.slice(piece, piece + size) + result.slice(start + length);
    }, text),
  );

it("either takes a mutilated file or says what is wrong with it, at a place that the file has", () => {
  let refused = 0;
  fc.assert(
    fc.property(mutilated, (text) => {
      const problems = problemsOf(text);
      const lines = text.split("\n");
      const misplaced = problems.filter(({ line, column }) => column > (lines[line - 1]?.length ?? -1) + 1);
      const silent = problems.filter(({ message, expected, got }) => [message, expected, got].includes(""));
      expect({ misplaced, silent }).toEqual({ misplaced: [], silent: [] });
      if (problems.length > 0) refused += 1;
    }),
    { seed: 1, numRuns: 1_000 },
  );
  expect(refused).toBeGreaterThan(500);
});
