import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openTables } from "@rehearse/dataset";
import { expect, test } from "vitest";
import { dynamodbGround } from "./dynamodb-ground.ts";
import { clickhouseGround, postgresGround } from "./ground.ts";
import { measureAll } from "./measure.ts";
import { renderFidelity } from "./render-fidelity.ts";

test("each value comes back exactly, or is not compared for a reason; docs/fidelity.md says which", async () => {
  await using stack = new AsyncDisposableStack();
  const directory = await mkdtemp(join(tmpdir(), "rehearse-fidelity-"));
  stack.defer(() => rm(directory, { recursive: true }));
  const tables = stack.use(await openTables({ directory, threads: 1 }));
  const grounds = await Promise.all([postgresGround(), clickhouseGround(), dynamodbGround()]);
  for (const ground of grounds) stack.use(ground);
  const [postgres, clickhouse, dynamodb] = grounds;
  const found = {
    [postgres.title]: await measureAll({ tables, directory, home: postgres, away: clickhouse }),
    [clickhouse.title]: await measureAll({ tables, directory, home: clickhouse, away: postgres }),
    [dynamodb.title]: await measureAll({ tables, directory, home: dynamodb, away: postgres }),
  };
  const lost = Object.values(found)
    .flat()
    .filter(({ ways }) => Object.values(ways).some((way) => way.startsWith("LOST")));
  expect(lost).toEqual([]);
  await expect(renderFidelity(found)).toMatchFileSnapshot("../../../../docs/fidelity.md");
}, 600_000);
