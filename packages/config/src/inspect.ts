import { dirname, resolve } from "node:path";
import type { ConfigProblem } from "./config-problem.ts";
import { draftOf, type Draft } from "./draft.ts";
import { renderPath, type Finding, type Path } from "./finding.ts";
import { normalise } from "./normalise.ts";
import { rules } from "./rules/rules.ts";
import type { EngineFacts, Position, Scenario } from "./scenario.ts";
import { scenarioSchema } from "./schema/scenario-schema.ts";
import { shapeFindings } from "./schema/shape-findings.ts";
import { isYaml, readYaml } from "./yaml/yaml-source.ts";

/** The text of a file, and what is known of the engines it may name. */
export interface ScenarioSource {
  readonly text: string;
  /** Where the text is from: relative paths count from the current directory. Problems name it as it is written here. */
  readonly file: string;
  readonly engines: readonly EngineFacts[];
}

/** A file that the scenario names and that must exist. */
export interface MentionedFile {
  readonly file: string;
  /** The problem it is if the file is not there; `got` is left to whoever looks. */
  readonly problem: ConfigProblem;
}

/** All that a text says without a look at the disk. */
export interface Inspection {
  readonly problems: readonly ConfigProblem[];
  readonly files: readonly MentionedFile[];
  /** Undefined where there are problems. */
  readonly scenario: Scenario | undefined;
}

/** Checks and normalises the text of a file. */
export function inspect({ text, file, engines }: ScenarioSource): Inspection {
  const yaml = readYaml(text);
  const lines = text.split(/\r?\n/);
  const shown = <Place extends Position>(place: Place) => ({ file, source: lines[place.line - 1], ...place });
  if (!isYaml(yaml)) return { problems: yaml.map((problem) => ({ ...shown(problem), path: "" })), files: [], scenario: undefined };
  const { plain, positionOf } = yaml;
  const problemOf = ({ path, at, ...rest }: Finding): ConfigProblem => ({
    ...shown(positionOf(path, at)),
    path: renderPath(path),
    ...rest,
  });
  if (plain === undefined) return { problems: sorted(yaml.findings.map(problemOf)), files: [], scenario: undefined };

  const draft = draftOf(plain, engines);
  const schema = scenarioSchema(engines.map((engine) => engine.name));
  const { data, error } = schema.safeParse(plain);
  const shape = shapeFindings({ issues: error?.issues ?? [], schema, plain });
  const findings = [...yaml.findings, ...shape, ...rules.flatMap((rule) => [...rule(draft)])];
  const absolute = resolve(file);
  return {
    problems: sorted(findings.map(problemOf)),
    files: filesOf(draft).map(({ path, what, name }) => ({
      file: resolve(dirname(absolute), name),
      problem: problemOf({
        path,
        message: `the ${what} cannot be read`,
        expected: "a file, by its path from the folder of this one",
        got: name,
      }),
    })),
    scenario: data !== undefined && findings.length === 0 ? normalise(data, { file: absolute, positionOf }) : undefined,
  };
}

/** In the order of the file. */
export function sorted(problems: readonly ConfigProblem[]): readonly ConfigProblem[] {
  return problems.toSorted((a, b) => a.line - b.line || a.column - b.column);
}

function filesOf(draft: Draft): { readonly path: Path; readonly what: string; readonly name: string }[] {
  const seeds = draft.seeds.flatMap(({ path, value }) =>
    typeof value.from === "string" ? [{ path: [...path, "from"], what: "seed file", name: value.from }] : [],
  );
  const queries = draft.stages.flatMap(({ path, value }) =>
    (value.writes ?? []).flatMap((write, index) =>
      typeof write === "string" || !("query" in write)
        ? []
        : [{ path: [...path, "writes", index, "query"], what: "query file", name: write.query }],
    ),
  );
  return [...seeds, ...queries];
}
