// node scripts/github-openapi.ts: writes packages/github/test/openapi/github.json anew, against which the loopback GitHub of the tests checks every
// request and response. It is cut out of GitHub's own OpenAPI description, which npm has as @octokit/openapi (29 MB: fetched, not installed): the
// operations that Rehearse uses with all that they refer to, without prose and examples.
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";

const source = { name: "@octokit/openapi", version: "23.0.2", file: "package/generated/api.github.com.json" };
const target = path.resolve(import.meta.dirname, "../packages/github/test/openapi/github.json");
const operations: Readonly<Record<string, readonly string[]>> = {
  "/repos/{owner}/{repo}/issues/{issue_number}/comments": ["get", "post"],
  "/repos/{owner}/{repo}/issues/comments/{comment_id}": ["patch", "delete"],
  "/user": ["get"],
};
const prose = ["description", "summary", "title", "operationId", "tags"];
const extras = ["example", "examples", "externalDocs", "x-github", "x-octokit"];

type Node = Readonly<Record<string, unknown>>;
const isNode = (value: unknown): value is Node => typeof value === "object" && value !== null && !Array.isArray(value);

function part(node: unknown, keys: readonly string[]): Node {
  const found = keys.reduce<unknown>((at, key) => (isNode(at) ? at[key] : undefined), node);
  if (!isNode(found)) throw new Error(`${source.name} ${source.version} has no ${keys.join(" ")}`);
  return found;
}

/** The operations with every component that they reach. */
function subset(full: Node): unknown {
  const components: Record<string, Record<string, unknown>> = {};
  const reach = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(reach);
    if (!isNode(value)) return value;
    if (typeof value["$ref"] === "string") {
      const [, , kind = "", name = ""] = value["$ref"].split("/");
      const known = (components[kind] ??= {});
      if (!(name in known)) {
        // Before what it refers to in turn: it may refer to itself.
        known[name] = null;
        known[name] = reach(part(full, ["components", kind, name]));
      }
      return { $ref: value["$ref"] };
    }
    // A property that has the name of prose is a schema, not text.
    const kept = Object.entries(value).filter(([key, inner]) => !extras.includes(key) && (!prose.includes(key) || isNode(inner)));
    return Object.fromEntries(kept.map(([key, inner]) => [key, reach(inner)]));
  };
  const paths = Object.entries(operations).map(([template, methods]) => [
    template,
    Object.fromEntries(methods.map((method) => [method, reach(part(full, ["paths", template, method]))])),
  ]);
  return { openapi: full["openapi"], source: `${source.name} ${source.version}`, paths: Object.fromEntries(paths), components };
}

const folder = mkdtempSync(path.join(os.tmpdir(), "github-openapi-"));
try {
  const archive = execFileSync("npm", ["pack", "--silent", `${source.name}@${source.version}`], { cwd: folder, encoding: "utf8" }).trim();
  execFileSync("tar", ["-xzf", archive, source.file], { cwd: folder });
  const full: unknown = JSON.parse(readFileSync(path.join(folder, source.file), "utf8"));
  if (!isNode(full)) throw new Error(`${source.file} is no description`);
  const text = `${JSON.stringify(subset(full), null, 1)}\n`;
  writeFileSync(target, text);
  console.log(`${path.relative(process.cwd(), target)}: ${text.length} bytes`);
} finally {
  rmSync(folder, { recursive: true });
}
