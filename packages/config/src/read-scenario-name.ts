import { RehearseError } from "@rehearse/errors";
import { isMap, parseDocument } from "yaml";
import { readScenarioFile } from "./scenario-file.ts";
import { scenarioNameSchema } from "./schema/text-schemas.ts";

/** The name that a file gives its scenario, whatever else is wrong with the file; null where there is no file, or no such name in it. */
export async function readScenarioName(path: string): Promise<string | null> {
  try {
    const { bytes } = await readScenarioFile(path);
    const { contents } = parseDocument(bytes.toString("utf8"), { prettyErrors: false, logLevel: "silent" });
    return isMap(contents) ? (scenarioNameSchema.safeParse(contents.get("name")).data ?? null) : null;
  } catch (thrown) {
    if (thrown instanceof RehearseError) return null;
    throw thrown;
  }
}
