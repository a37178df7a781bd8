import { accessSync, constants, statSync } from "node:fs";
import { delimiter, join } from "node:path";

/** The absolute path of a program on PATH; null where there is none that can be executed. */
export function findProgram(name: string): string | null {
  const places = (process.env["PATH"] ?? "").split(delimiter).filter((place) => place !== "");
  return places.map((place) => join(place, name)).find(isExecutable) ?? null;
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch (error) {
    if (error instanceof Error && "code" in error) return false;
    throw error;
  }
}
