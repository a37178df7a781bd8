import { createHash } from "node:crypto";
import { writeFile } from "node:fs/promises";
import type { ServerResponse } from "node:http";
import { buffer } from "node:stream/consumers";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { openObjectStore } from "../src/index.ts";
import { startToldServer, type Told } from "./support/told-server.ts";
import { openWorkshop } from "./support/table-workshop.ts";

const bytes = Buffer.from("the rows of a reference");
const sha256 = createHash("sha256").update(bytes).digest("hex");
const checksum = Buffer.from(sha256, "hex").toString("base64");
const content = { sha256, bytes: bytes.length };
const path = `/refs/team/data/sha256/${sha256.slice(0, 2)}/${sha256}.parquet`;

beforeEach(() => {
  for (const name of ["AWS_ENDPOINT_URL", "AWS_ENDPOINT_URL_S3", "AWS_REGION", "AWS_DEFAULT_REGION"]) vi.stubEnv(name, "");
  vi.stubEnv("AWS_REGION", "eu-central-1");
  vi.stubEnv("AWS_ACCESS_KEY_ID", "test");
  vi.stubEnv("AWS_SECRET_ACCESS_KEY", "test");
});
afterEach(() => void vi.unstubAllEnvs());

async function serving(answer: (response: ServerResponse, request: Told, count: number) => void) {
  const server = await startToldServer(answer);
  vi.stubEnv("AWS_ENDPOINT_URL_S3", server.endpoint);
  return Object.assign(server, { store: openObjectStore("s3://refs/team//data/") });
}

const failing = (status: number, code: string) => (response: ServerResponse) =>
  response.writeHead(status, { "content-type": "application/xml" }).end(`<Error><Code>${code}</Code><Message>no</Message></Error>`);

test.each<{ title: string; headers: Record<string, string | number>; has: boolean }>([
  { title: "the checksum of its bytes", headers: { "x-amz-checksum-sha256": checksum }, has: true },
  { title: "its name beside it", headers: { "x-amz-meta-sha256": sha256 }, has: true },
  {
    title: "another checksum",
    headers: { "x-amz-checksum-sha256": `${checksum.slice(0, -2)}A=`, "x-amz-meta-sha256": sha256 },
    has: false,
  },
  { title: "another name beside it", headers: { "x-amz-meta-sha256": "a".repeat(64) }, has: false },
  { title: "nothing that tells what it is", headers: {}, has: false },
  { title: "another length", headers: { "x-amz-checksum-sha256": checksum, "content-length": bytes.length + 1 }, has: false },
])("an object that has $title is there: $has", async ({ headers, has }) => {
  await using server = await serving((response) => response.writeHead(200, { "content-length": bytes.length, ...headers }).end());
  expect(await server.store.has(content)).toBe(has);
  expect(server.told.map(({ method, url }) => [method, url.split("?")[0]])).toEqual([["HEAD", path]]);
  expect(server.told[0]?.headers["x-amz-checksum-mode"]).toBe("ENABLED");
});

test("an object that is missing is not there, one that is refused is said to be so", async () => {
  await using missing = await serving((response, { method }) =>
    method === "HEAD" ? response.writeHead(404).end() : failing(404, "NoSuchKey")(response),
  );
  expect([await missing.store.has(content), await missing.store.read(content)]).toEqual([false, null]);
  await using refusing = await serving(failing(403, "AccessDenied"));
  const { store } = refusing;
  for (const asked of [() => store.has(content), () => store.read(content), () => store.list(), () => store.remove(sha256)])
    await expect(asked()).rejects.toMatchObject({ code: "STORE_UNAVAILABLE", message: expect.stringContaining("s3://refs/team//data/") });
  expect(refusing.told).toHaveLength(4);
});

test("what is put there comes with its length, checksum and name, and can be read and removed", async () => {
  await using workshop = await openWorkshop();
  const file = workshop.path("rows.parquet");
  await writeFile(file, bytes);
  await using server = await serving((response, { method }) => response.writeHead(200).end(method === "GET" ? bytes : ""));
  const { store, told } = server;
  await store.put(content, file);
  expect(told).toMatchObject([
    {
      method: "PUT",
      body: bytes.toString(),
      headers: {
        "content-length": String(bytes.length),
        "content-type": "application/vnd.apache.parquet",
        "x-amz-checksum-sha256": checksum,
        "x-amz-meta-sha256": sha256,
      },
    },
  ]);
  const chunks = await store.read(content);
  expect(chunks === null ? null : await buffer(chunks)).toEqual(bytes);
  await store.remove(sha256);
  expect(told.map(({ method, url }) => [method, url.split("?")[0]])).toEqual([
    ["PUT", path],
    ["GET", path],
    ["DELETE", path],
  ]);
});

test("five gigabytes are put in one request, a byte more in none", async () => {
  await using workshop = await openWorkshop();
  const file = workshop.path("rows.parquet");
  await writeFile(file, bytes);
  await using server = await serving(failing(403, "AccessDenied"));
  await expect(server.store.put({ sha256, bytes: 5_368_709_121 }, file)).rejects.toMatchObject({
    code: "STORE_UNAVAILABLE",
    message: expect.stringContaining("5368709121 bytes are more than S3 takes at once"),
  });
  expect(server.told).toEqual([]);
  await expect(server.store.put({ sha256, bytes: 5_368_709_120 }, file)).rejects.toMatchObject({ code: "STORE_UNAVAILABLE" });
  expect(server.told.length).toBeGreaterThan(0);
});

const listed = (contents: string, next?: string): string =>
  `<?xml version="1.0"?><ListBucketResult><Name>refs</Name><IsTruncated>${next !== undefined}</IsTruncated>${contents}${
    next === undefined ? "" : `<NextContinuationToken>${next}</NextContinuationToken>`
  }</ListBucketResult>`;
const entry = (key: string, rest: string): string => `<Contents><Key>${key}</Key>${rest}</Contents>`;

test("all pages of the list are read, and of them what is named by its SHA-256 below the prefix", async () => {
  const at = "2026-01-05T10:00:00.000Z";
  const modified = `<LastModified>${at}</LastModified>`;
  const key = (letter: string) => `team/data/sha256/${letter.repeat(2)}/${letter.repeat(64)}.parquet`;
  const pages = [
    listed(entry(key("a"), `${modified}<Size>7</Size>`) + entry("team/data/sha256/readme", `${modified}<Size>1</Size>`), "more"),
    listed(entry(key("b"), modified) + entry(key("c"), "<Size>9</Size>"), "most"),
    listed(""),
  ];
  await using server = await serving((response, _, count) =>
    response.writeHead(200, { "content-type": "application/xml" }).end(pages[count - 1]),
  );
  expect(await server.store.list()).toEqual([
    { sha256: "a".repeat(64), bytes: 7, modifiedAt: new Date(at) },
    { sha256: "b".repeat(64), bytes: 0, modifiedAt: new Date(at) },
  ]);
  const asked = server.told.map(({ url }) => new URL(url, "http://server").searchParams);
  expect(asked.map((it) => [it.get("list-type"), it.get("prefix"), it.get("continuation-token")])).toEqual([
    ["2", "team/data/sha256/", null],
    ["2", "team/data/sha256/", "more"],
    ["2", "team/data/sha256/", "most"],
  ]);
});

test("a bucket without a prefix is one too", async () => {
  await using server = await serving((response) => response.writeHead(200, { "content-type": "application/xml" }).end(listed("")));
  const store = openObjectStore("s3://other");
  expect(await store.list()).toEqual([]);
  await store.remove(sha256);
  expect(server.told.map(({ url }) => url.split("?")[0])).toEqual(["/other/", `/other/${path.slice("/refs/team/data/".length)}`]);
  expect(new URL(server.told[0]?.url ?? "", "http://server").searchParams.get("prefix")).toBe("sha256/");
});

test.each([
  { region: "eu-west-3", other: "us-east-2", signed: "eu-west-3" },
  { region: undefined, other: "us-east-2", signed: "us-east-2" },
  { region: "", other: "us-east-2", signed: "us-east-2" },
])("of AWS_REGION=$region and AWS_DEFAULT_REGION=$other the region is $signed", async ({ region, other, signed }) => {
  await using server = await serving((response) => response.writeHead(204).end());
  vi.stubEnv("AWS_REGION", region);
  vi.stubEnv("AWS_DEFAULT_REGION", other);
  await server.store.remove(sha256);
  expect(server.told[0]?.headers.authorization).toContain(`/${signed}/s3/aws4_request`);
});

test("an endpoint for all of AWS is one for S3 too, and the bucket stands in its path", async () => {
  await using server = await serving((response) => response.writeHead(204).end());
  vi.stubEnv("AWS_ENDPOINT_URL_S3", undefined);
  vi.stubEnv("AWS_ENDPOINT_URL", server.endpoint.replace("127.0.0.1", "localhost"));
  await server.store.remove(sha256);
  expect(server.told.map(({ url }) => url.split("?")[0])).toEqual([path]);
});

test("a bucket of another region is asked there", async () => {
  await using server = await serving((response, _, count) =>
    count === 1
      ? response.writeHead(301, { "x-amz-bucket-region": "eu-north-1" }).end("<Error><Code>PermanentRedirect</Code></Error>")
      : response.writeHead(204).end(),
  );
  await server.store.remove(sha256);
  expect(server.told.map(({ headers }) => /\/([^/]*)\/s3\/aws4_request/.exec(headers.authorization ?? "")?.[1])).toEqual([
    "eu-central-1",
    "eu-north-1",
  ]);
});

test("a server that fails is asked twice, and then said to have failed", async () => {
  await using server = await serving(failing(503, "SlowDown"));
  await expect(server.store.remove(sha256)).rejects.toMatchObject({ code: "STORE_UNAVAILABLE" });
  expect(server.told).toHaveLength(2);
});

test("one that failed once is not said to have failed, and the store stays open for more", async () => {
  await using server = await serving((response, _, count) =>
    count === 1 ? failing(503, "SlowDown")(response) : response.writeHead(204).end(),
  );
  await server.store.remove(sha256);
  await server.store.remove(sha256);
  expect(server.told).toHaveLength(3);
});
