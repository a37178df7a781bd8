import { describe, expect, test } from "vitest";
import type { FilesAssertion } from "@rehearse/config";
import { decideFiles } from "../../src/judge/assertions/decide-files.ts";
import { files } from "./support/assertions.ts";

type Found = Parameters<typeof decideFiles>[1]["files"][number];

const file = (path: string, given: Partial<Found> = {}): Found => ({ path, bytes: 4, sha256: "0a", holds: null, ...given });
const decided = (claim: Partial<FilesAssertion>, found: Found[], more = 0) => decideFiles(files(claim), { files: found, more });
const fails = (reason: string) => ({ outcome: "fails", reason });
const holds = { outcome: "holds" };

test("files are counted with those that were not looked at, before anybody looks into one", () => {
  const claim = { count: { min: 2, max: 3 }, bytes: { min: 9, max: undefined } };
  expect(decided(claim, [file("a")])).toEqual(fails("expected 2 to 3 files, got 1 file"));
  expect(decided(claim, [file("a"), file("b")], 2)).toEqual(fails("expected 2 to 3 files, got 4 files"));
  expect(decided({ count: { min: 2, max: 3 } }, [file("a")], 1)).toEqual(holds);
  expect(decided({ count: { min: 2, max: 3 } }, [file("a")], 2)).toEqual(holds);
});

test("a file must be of a size of the range", () => {
  const sized = (bytes: number) => decided({ bytes: { min: 2, max: 5 } }, [file("a.csv", { bytes })]);
  expect([2, 5].map(sized)).toEqual([holds, holds]);
  expect(sized(1)).toEqual(fails("a.csv has 1 byte, expected 2 to 5 bytes"));
  expect(sized(6)).toEqual(fails("a.csv has 6 bytes, expected 2 to 5 bytes"));
});

test("a file must have the SHA-256 and hold the text", () => {
  expect(decided({ sha256: "0a" }, [file("a.csv")])).toEqual(holds);
  expect(decided({ sha256: "0b" }, [file("a.csv")])).toEqual(fails("a.csv has another SHA-256 than expected: 0a"));
  expect(decided({ contains: 'a"b' }, [file("a.csv", { holds: true })])).toEqual(holds);
  for (const it of [false, null])
    expect(decided({ contains: 'a"b' }, [file("a.csv", { holds: it })])).toEqual(fails('a.csv does not hold "a\\"b"'));
  expect(decided({}, [file("a.csv", { holds: false })])).toEqual(holds);
});

test("the first file at fault is named, and the others are counted", () => {
  const empty = (path: string) => file(path, { bytes: 0 });
  const claim = { bytes: { min: 1, max: undefined } };
  expect(decided(claim, [file("a"), empty("b"), file("c")])).toEqual(fails("b has no byte, expected at least 1 byte"));
  expect(decided(claim, [file("a"), empty("b"), empty("c")])).toEqual(
    fails("b has no byte, expected at least 1 byte, and so with 1 more file"),
  );
  expect(decided(claim, [empty("a"), empty("b"), file("c"), empty("d")], 1)).toEqual(
    fails("a has no byte, expected at least 1 byte, and so with 2 more files"),
  );
});

describe("of files that were not looked at", () => {
  test("what is in them is not decided", () => {
    const claims = [
      { bytes: { min: 1, max: undefined } },
      { bytes: { min: 0, max: 4 } },
      { sha256: "0a" },
      { contains: "x" },
    ] satisfies Partial<FilesAssertion>[];
    const found = [file("a", { holds: true }), file("b", { holds: true })];
    for (const claim of claims) {
      expect(decided(claim, found, 3)).toEqual({ outcome: "undecided", reason: "of 5 files only 2 were looked at" });
      expect(decided(claim, found, 1)).toEqual({ outcome: "undecided", reason: "of 3 files only 2 were looked at" });
      expect(decided(claim, found)).toEqual(holds);
    }
  });

  test("there are so many, where only that is asked", () => {
    expect(decided({}, [file("a")], 3)).toEqual(holds);
  });
});
