import { isUtf8 } from "node:buffer";
import { access, constants, stat } from "node:fs/promises";
import { ConfigError } from "./config-error.ts";
import type { ConfigProblem } from "./config-problem.ts";
import { fileFault } from "./file-fault.ts";
import { inspect, sorted, type MentionedFile } from "./inspect.ts";
import type { EngineFacts, Scenario } from "./scenario.ts";
import { readScenarioFile } from "./scenario-file.ts";

/**
 * Reads a scenario from a file, or from `rehearse.yml` of a folder. Throws CONFIG_NOT_FOUND where there is none, and a `ConfigError` with
 * everything that is wrong with it, files that it names and that are not there included.
 */
export async function readScenario(path: string, engines: readonly EngineFacts[]): Promise<Scenario> {
  const { file, bytes } = await readScenarioFile(path);
  if (!isUtf8(bytes)) throw new ConfigError(file, [notUtf8(file)]);
  const { problems, files, scenario } = inspect({ text: bytes.toString("utf8"), file, engines });
  const missing = await missingFiles(files);
  if (scenario === undefined || missing.length > 0) throw new ConfigError(file, sorted([...problems, ...missing]));
  return scenario;
}

async function missingFiles(files: readonly MentionedFile[]): Promise<ConfigProblem[]> {
  const problems = await Promise.all(
    files.map(async ({ file, problem }) => {
      const fault = await faultOf(file);
      return fault === undefined ? [] : [{ ...problem, got: `${problem.got}: ${fault}` }];
    }),
  );
  return problems.flat();
}

/** Why a file cannot be read; undefined where it can. */
async function faultOf(file: string): Promise<string | undefined> {
  try {
    await access(file, constants.R_OK);
    return (await stat(file)).isFile() ? undefined : "not a file";
  } catch (error) {
    return fileFault(error);
  }
}

function notUtf8(file: string): ConfigProblem {
  return { file, path: "", line: 1, column: 1, message: "not text in UTF-8", expected: "UTF-8", got: "bytes that are not" };
}
