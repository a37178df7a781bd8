import { mkdir, mkdtemp, realpath, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { refuseDetour } from "../src/references/reference-folder.ts";

/** A folder of references, `outside` beside it. */
async function openRoot() {
  const path = await realpath(await mkdtemp(join(tmpdir(), "rehearse-folder-")));
  const [root, outside] = [join(path, "references"), join(path, "outside")];
  await mkdir(root);
  await mkdir(outside);
  return { root, outside, [Symbol.asyncDispose]: () => rm(path, { recursive: true }) };
}

test("a plain folder holds references, whether it is there or not, at any depth below its root", async () => {
  await using folder = await openRoot();
  const { root } = folder;
  await mkdir(join(root, "stage", "orders"), { recursive: true });
  for (const file of ["manifest.json", "rows.ndjson", "rows.parquet"]) await writeFile(join(root, "stage", "orders", file), "");
  for (const directory of ["", "stage", "stage/orders", "stage/orders/deeper", "nothing", "nothing/at/all", "..hidden"])
    await expect(refuseDetour({ directory: join(root, directory), root }), directory).resolves.toBeUndefined();
  await expect(refuseDetour({ directory: root })).resolves.toBeUndefined();
  await expect(refuseDetour({ directory: join(root, "nothing") })).resolves.toBeUndefined();
});

test("a folder beside or above its root is refused by name", async () => {
  await using folder = await openRoot();
  const { root, outside } = folder;
  for (const directory of [outside, dirname(root), join(root, "..", "..", "elsewhere"), `${root}-2`])
    await expect(refuseDetour({ directory, root }), directory).rejects.toMatchObject({
      code: "REFERENCE_INVALID",
      message: `${directory} is not below ${root}`,
    });
});

test.each([
  { link: "", directory: "a/b" },
  { link: "a", directory: "a" },
  { link: "a", directory: "a/b" },
  { link: "a", directory: "a/b/c" },
  { link: "a/b", directory: "a/b/c" },
  { link: "a/b/c", directory: "a/b/c" },
  { link: "a/b/manifest.json", directory: "a/b" },
  { link: "a/b/rows.ndjson", directory: "a/b" },
  { link: "a/b/rows.parquet", directory: "a/b" },
  { link: "manifest.json", directory: "" },
])("where '$link' is a link, '$directory' below the root is refused", async ({ link, directory }) => {
  await using folder = await openRoot();
  const { outside } = folder;
  const root = join(folder.root, "stage");
  const path = join(root, link);
  await mkdir(dirname(path), { recursive: true });
  await symlink(outside, path);
  await expect(refuseDetour({ directory: join(root, directory), root })).rejects.toMatchObject({
    code: "REFERENCE_INVALID",
    message: `${path} is a symbolic link, and references are not written through one`,
  });
});

test("a file in the way is no link: whoever writes there says what is wrong; what cannot be looked at is refused", async () => {
  await using folder = await openRoot();
  const { root } = folder;
  await writeFile(join(root, "file"), "");
  await expect(refuseDetour({ directory: join(root, "file", "below"), root })).resolves.toBeUndefined();
  const directory = join(root, "x".repeat(300));
  await expect(refuseDetour({ directory, root })).rejects.toMatchObject({
    code: "REFERENCE_INVALID",
    message: expect.stringContaining(`${directory} cannot be looked at: `),
  });
});
