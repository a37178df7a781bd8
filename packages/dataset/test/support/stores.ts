import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { openObjectStore, type ObjectStore } from "../../src/index.ts";
import type { TableWorkshop } from "./table-workshop.ts";

/** A store under test, with a way to its objects that is not ours. */
export interface StoreUnderTest {
  readonly store: ObjectStore;
  /** Its bytes under a SHA-256, null where there are none. */
  readonly bytes: (sha256: string) => Promise<Buffer | null>;
  /** Puts other bytes there. */
  readonly spoil: (sha256: string, bytes: Buffer) => Promise<void>;
  readonly lose: (sha256: string) => Promise<void>;
}

export function directoryUnderTest(workshop: TableWorkshop): StoreUnderTest {
  const root = workshop.path("store");
  const path = (sha256: string): string => join(root, "sha256", sha256.slice(0, 2), `${sha256}.parquet`);
  return {
    store: openObjectStore(root),
    bytes: (sha256) => readFile(path(sha256)).catch(() => null),
    spoil: async (sha256, bytes) => {
      await mkdir(dirname(path(sha256)), { recursive: true });
      await writeFile(path(sha256), bytes);
    },
    lose: (sha256) => rm(path(sha256)),
  };
}

/** The server looks for a signature, and not at it. */
const headers = { authorization: "AWS test:test" };

/** A prefix of its own, written as somebody might, in a bucket that is reached by plain HTTP. */
export function bucketUnderTest({ endpoint, bucket }: { endpoint: string; bucket: string }): StoreUnderTest {
  const prefix = crypto.randomUUID();
  const url = (sha256: string): string => `${endpoint}/${bucket}/${prefix}/refs/sha256/${sha256.slice(0, 2)}/${sha256}.parquet`;
  const sent = async (request: Promise<Response>): Promise<void> => {
    const { ok, status } = await request;
    if (!ok) throw new Error(`the server said ${status}`);
  };
  return {
    store: openObjectStore(`s3://${bucket}/${prefix}//refs/`),
    bytes: async (sha256) => {
      const answer = await fetch(url(sha256), { headers });
      return answer.ok ? Buffer.from(await answer.arrayBuffer()) : null;
    },
    spoil: (sha256, bytes) => sent(fetch(url(sha256), { method: "PUT", headers, body: new Uint8Array(bytes) })),
    lose: (sha256) => sent(fetch(url(sha256), { method: "DELETE", headers })),
  };
}
