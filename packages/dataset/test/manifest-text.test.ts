import { expect, test } from "vitest";
import type { Manifest } from "../src/index.ts";
import { manifestText, parseManifest } from "../src/rows/manifest-text.ts";
import { usableKey } from "../src/rows/usable-key.ts";

const manifest: Manifest = {
  version: 2,
  columns: [
    { name: "id", source: "bigint", type: "int64" },
    { name: "at", source: "point", type: { notComparable: "it is a point" } },
  ],
  key: ["id"],
  rows: 2,
  digest: { algorithm: "md5-of-rows-1", rows: 2, value: "7" },
  file: { name: "rows.parquet", place: "store", bytes: 9, sha256: "a".repeat(64) },
  rangeDigests: { algorithm: "any", values: [{ from: null, rows: 2, value: "1" }] },
  provenance: { run: "r", startedAt: "2026-01-05T10:00:00Z", tool: "1", commit: null, engines: [], seeds: [{ name: "s", digest: "d" }] },
};

const lines = [
  "{",
  '  "version": 2,',
  '  "columns": [',
  '    {"name":"id","source":"bigint","type":"int64"},',
  '    {"name":"at","source":"point","type":{"notComparable":"it is a point"}}',
  "  ],",
  '  "key": ["id"],',
  '  "rows": 2,',
  '  "digest": {',
  '    "algorithm": "md5-of-rows-1",',
  '    "rows": 2,',
  '    "value": "7"',
  "  },",
  '  "file": {',
  '    "name": "rows.parquet",',
  '    "place": "store",',
  '    "bytes": 9,',
  `    "sha256": "${"a".repeat(64)}"`,
  "  },",
  '  "rangeDigests": {',
  '    "algorithm": "any",',
  '    "values": [',
  '      {"from":null,"rows":2,"value":"1"}',
  "    ]",
  "  },",
  '  "provenance": {',
  '    "run": "r",',
  '    "startedAt": "2026-01-05T10:00:00Z",',
  '    "tool": "1",',
  '    "commit": null,',
  '    "engines": [],',
  '    "seeds": [',
  '      {"name":"s","digest":"d"}',
  "    ]",
  "  },",
];

test("a manifest has a line for each fact, its parts in one order whoever made it, and its seal at the end", () => {
  const text = manifestText(manifest);
  expect(text.split("\n").slice(0, -3)).toEqual(lines);
  expect(text.split("\n").slice(-3)).toEqual([expect.stringMatching(/^ {2}"seal": "[0-9a-f]{64}"$/), "}", ""]);
  expect(manifestText(Object.fromEntries(Object.entries(manifest).toReversed()) as Manifest)).toBe(text);
  expect(parseManifest(text)).toEqual(manifest);
});

test("a manifest without columns or keys has empty lists", () => {
  const bare = { ...manifest, columns: [], key: [], file: { name: "rows.ndjson" as const }, provenance: undefined };
  const text = manifestText(bare);
  expect(text).toContain('\n  "columns": [],\n  "key": [],\n');
  expect(text).not.toContain("provenance");
  expect(parseManifest(text)).toEqual(bare);
});

test("what was changed, is no manifest or lacks its seal is refused in a sentence", () => {
  const text = manifestText(manifest);
  expect(() => parseManifest(text.replace('"rows": 2', '"rows": 3'))).toThrow("it was changed after it was written: its seal is ");
  expect(() => parseManifest("{}")).toThrow("seal: ");
  expect(() => parseManifest("null")).toThrow("all of it: ");
  expect(() => parseManifest(text.replace('"version": 2', '"version": 3'))).toThrow("version: ");
  expect(() => parseManifest(text.replace("a".repeat(64), "A".repeat(64)))).toThrow("file.sha256: no SHA-256");
});

test("a key is usable where all of it is stored and nothing of it is ignored", () => {
  const { columns } = manifest;
  expect(usableKey({ columns, key: ["id"] }, [])).toEqual(["id"]);
  expect(usableKey({ columns, key: ["id"] }, ["at"])).toEqual(["id"]);
  expect(usableKey({ columns, key: ["id"] }, ["id"])).toEqual([]);
  expect(usableKey({ columns, key: ["id", "at"] }, [])).toEqual([]);
  expect(usableKey({ columns, key: ["id", "gone"] }, [])).toEqual([]);
  expect(usableKey({ columns, key: [] }, [])).toEqual([]);
});
