import { expect, it } from "vitest";
import { parseScenario, renderProblem } from "../src/index.ts";
import { engines } from "./engine-facts.ts";
import { problemsOf } from "./problems-of.ts";

/** By the path of each problem: the line it is in, from its column on. */
function pointedAt(text: string): Record<string, string> {
  const lines = text.split(/\r?\n/);
  return Object.fromEntries(problemsOf(text).map(({ path, line, column }) => [path, (lines[line - 1] ?? "").slice(column - 1)]));
}

const text = `name: Shop
services:
  core: { engine: "postgress" }
  'lake': { engine: clickhouse, port: 80 }
stages:
  migrate:
    run: &run [node, migrate.ts]
    nedds: []
  refresh:
    needs:
      - migrate
      - "migrat"
  again: { run: *run, timeout: , env: { URL: "\${services.lake.uri}" } }
  folded:
    run: x
    env:
      NAME: >-
        a folded
        \${services.nowhere.url}
checks:
  diff:
    core.orders: { key: [id] }
`;

const expected = {
  name: "Shop",
  "services.core.engine": '"postgress" }',
  "services.lake.port": "80 }",
  "stages.migrate.nedds": "nedds: []",
  "stages.refresh.run": "refresh:",
  "stages.refresh.needs[1]": '"migrat"',
  "stages.again.timeout": 'timeout: , env: { URL: "${services.lake.uri}" } }',
  "stages.again.env.URL": '"${services.lake.uri}" } }',
  "stages.folded.env.NAME": ">-",
};

it("points at the first character of the key or value that is wrong", () => {
  expect(pointedAt(text)).toEqual(expected);
});

it("points at the same places with Windows line ends and a byte order mark", () => {
  expect(pointedAt(text.replaceAll("\n", "\r\n"))).toEqual(expected);
  expect(pointedAt(`\uFEFF${text}`)).toEqual(expected);
});

it("points at the second of two equal keys", () => {
  const twice = "name: a\nservices: { core: { engine: postgres } }\nstages: { a: { run: x } }\nname: b\n";
  expect(pointedAt(twice)).toEqual({ name: "name: b" });
});

it("shows the line with a caret below the place, however long it is and whatever cannot be seen is in it", () => {
  const long = `name: "${"é".repeat(200)}" # \u001b[31m${"x".repeat(200)}`;
  const services = `services: {\tcore: { engine: "postgress" } } # ${"y".repeat(200)}`;
  const stages = `stages: { ${"s".repeat(50)}: { run: x, env: { A_VARIABLE_OF_ITS_OWN: "\${services.cor.url}" } } }`;
  const shown = problemsOf([long, services, stages, ""].join("\n")).map((problem) => renderProblem(problem).split("\n").slice(1, 3));
  const pointed = shown.map(([line = "", caret = ""]) => line.slice(caret.indexOf("^")));
  expect(pointed.map((text) => text.slice(0, 8))).toEqual(['"ééééééé', '"postgre', '"${servi']);
  for (const [line = ""] of shown) expect(line).toMatch(/^ {2}\d \| [^\p{Cc}]{1,102}$/u);
});

it("tells where the parts of a good file stand", () => {
  const file = "name: a\nservices:\n  core: { engine: postgres }\nstages:\n  load:\n    run: x\n    writes:\n      - core.orders\n";
  const scenario = parseScenario({ text: file, file: "rehearse.yml", engines });
  expect(scenario.services[0]?.position).toEqual({ line: 3, column: 3 });
  expect(scenario.stages[0]?.position).toEqual({ line: 5, column: 3 });
  expect(scenario.stages[0]?.writes[0]?.position).toEqual({ line: 8, column: 9 });
});
