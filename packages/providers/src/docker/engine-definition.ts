import { join } from "node:path";
import { assetPath } from "@rehearse/assets";
import type { Engine } from "@rehearse/services";
import { composeService, type ContainerDefinition } from "./compose-file.ts";

/**
 * The container of an engine as its compose file in `directory` says, with these values for the file's variables. Another image comes from the environment
 * (`REHEARSE_IMAGE_POSTGRES`), for mirrors and tests; nothing else does.
 */
export async function definitionOf(
  engine: Engine,
  values: Readonly<Record<string, string>>,
  directory = assetPath("compose"),
): Promise<ContainerDefinition> {
  const override = `REHEARSE_IMAGE_${engine.name.toUpperCase()}`;
  return composeService({
    file: join(directory, engine.container.composeFile),
    service: engine.name,
    variables: { ...values, [override]: process.env[override] },
  });
}
