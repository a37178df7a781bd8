import path from "node:path";
import { expect, test } from "vitest";
import { openTables } from "@rehearse/dataset";
import { Workplace } from "./workplace.ts";

/** Says what the system counted as the most memory of a process, when it ends. */
const told = "data:text/javascript,process.on('exit',()=>console.error('peak',process.resourceUsage().maxRSS))";

test.each(["i", "hash(i)"])("--memory is kept by the whole process where half of the rows in the order of %s differ", async (order) => {
  await using place = await Workplace.make();
  for (const [name, changed] of Object.entries({ reference: 0, current: 1 })) {
    await using tables = await openTables({ directory: path.join(place.root, "tables") });
    const text = `md5((i + ${changed} * (i % 2))::VARCHAR)`;
    await tables.writeFile({
      select: `SELECT i AS id, ${text} AS a, reverse(${text}) AS b, ${text} || 'c' AS c FROM range(1000000) AS r(i) ORDER BY ${order}`,
      file: path.join(place.root, `${name}.parquet`),
      form: "FORMAT parquet",
      doing: "testing",
    });
  }
  const { stdout, stderr } = await place.rehearse(["diff", "reference.parquet", "current.parquet", "--key", "id", "--memory", "512MB"], {
    env: { NODE_OPTIONS: `--import=${told}` },
  });
  expect(stdout).toContain("~500,000");
  expect(Number(/^peak (\d+)$/m.exec(stderr)?.[1]) * 1024).toBeLessThan(512e6);
});
