import { readdirSync, writeFileSync } from "node:fs";
import { readScenario } from "./src/index.ts";
import { engines } from "./test/engine-facts.ts";
for (const kind of readdirSync("test/cases/broken")) for (const n of readdirSync("test/cases/broken/"+kind)) {
  const d = `test/cases/broken/${kind}/${n}`;
  try { await readScenario(d, engines); console.log("NOT REFUSED", d); } catch (e) {
    const t = (e as any).code === "CONFIG_INVALID" ? (e as Error).message.replaceAll(d + "/", "") : "BUG " + (e as Error).stack;
    console.log(`##### ${kind}/${n}\n${t}\n`); if (process.argv[2]) writeFileSync(d+"/expected.txt", t+"\n"); }
}
