import { execFile } from "node:child_process";
import { promisify } from "node:util";

/** Containers, networks and volumes whose labels name a place, such as the ledger that lies there: found without any code of Rehearse. */
export async function dockerCensus(place: string): Promise<string[]> {
  const lists = [
    ["ps", "--all"],
    ["network", "ls"],
    ["volume", "ls"],
  ];
  const found = await Promise.all(lists.map((list) => promisify(execFile)("docker", [...list, "--format", `${list[0]} {{.Labels}}`])));
  return found.flatMap(({ stdout }) => stdout.split("\n")).filter((line) => line.includes(place));
}
