import { createReadStream } from "node:fs";
import { Readable } from "node:stream";
import type * as S3 from "@aws-sdk/client-s3";
import type { RehearseError } from "@rehearse/errors";
import type { Content } from "../rows/manifest.ts";
import { objectSteps, sha256OfName } from "./object-name.ts";
import type { ObjectStore, StoredObject } from "./object-store.ts";
import { storeUnavailable } from "./store-failure.ts";

/** The library, and its connections. */
interface Opened {
  readonly sdk: typeof S3;
  readonly client: S3.S3Client;
}

/** What S3 takes in one request. */
const mostBytes = 5 * 2 ** 30;
const idleMs = 10_000;

/**
 * `s3://bucket/prefix` as a store of references. Endpoint, region and credentials are taken from where AWS's own tools take them (AWS_ENDPOINT_URL_S3,
 * AWS_REGION, AWS_PROFILE, …). Its library is loaded when something is asked first, for most scenarios need none.
 */
export class S3Store implements ObjectStore {
  readonly title: string;
  readonly #bucket: string;
  readonly #prefix: string;
  #opened: Promise<Opened> | undefined;

  constructor(title: string) {
    this.title = title;
    const [bucket = "", ...prefix] = title.slice("s3://".length).split("/");
    this.#bucket = bucket;
    this.#prefix = prefix
      .filter((step) => step !== "")
      .map((step) => `${step}/`)
      .join("");
  }

  async has({ sha256, bytes }: Content): Promise<boolean> {
    const { sdk, client } = await this.#open();
    const command = new sdk.HeadObjectCommand({ ...this.#at(sha256), ChecksumMode: "ENABLED" });
    const found = await this.#find(`looking for ${sha256}`, () => client.send(command));
    // Not every server keeps the checksum that an object came with; all keep its metadata.
    const said = found?.ChecksumSHA256 === undefined ? found?.Metadata?.["sha256"] === sha256 : found.ChecksumSHA256 === base64Of(sha256);
    return found?.ContentLength === bytes && said;
  }

  async put({ sha256, bytes }: Content, file: string): Promise<void> {
    const doing = `putting ${sha256}`;
    if (bytes > mostBytes) throw this.#unavailable(doing, new Error(`${bytes} bytes are more than S3 takes at once`));
    const { sdk, client } = await this.#open();
    await using body = createReadStream(file);
    const command = new sdk.PutObjectCommand({
      ...this.#at(sha256),
      Body: body,
      ContentLength: bytes,
      // S3 itself refuses what does not arrive with this checksum.
      ChecksumSHA256: base64Of(sha256),
      Metadata: { sha256 },
      ContentType: "application/vnd.apache.parquet",
    });
    await this.#ask(doing, () => client.send(command));
  }

  async read({ sha256 }: Content): Promise<AsyncIterable<Uint8Array> | null> {
    const doing = `reading ${sha256}`;
    const { sdk, client } = await this.#open();
    const found = await this.#find(doing, () => client.send(new sdk.GetObjectCommand(this.#at(sha256))));
    return found === null ? null : this.#chunks(found.Body, doing);
  }

  async list(): Promise<StoredObject[]> {
    const { sdk, client } = await this.#open();
    const objects: StoredObject[] = [];
    let next: string | undefined;
    do {
      const from = next === undefined ? {} : { ContinuationToken: next };
      const command = new sdk.ListObjectsV2Command({ Bucket: this.#bucket, Prefix: `${this.#prefix}sha256/`, ...from });
      const page = await this.#ask("listing it", () => client.send(command));
      for (const { Key: key = "", Size: bytes = 0, LastModified: modifiedAt } of page.Contents ?? []) {
        const sha256 = sha256OfName(key.slice(this.#prefix.length));
        if (sha256 !== null && modifiedAt !== undefined) objects.push({ sha256, bytes, modifiedAt });
      }
      next = page.NextContinuationToken;
    } while (next !== undefined);
    return objects;
  }

  async remove(sha256: string): Promise<void> {
    const { sdk, client } = await this.#open();
    await this.#ask(`removing ${sha256}`, () => client.send(new sdk.DeleteObjectCommand(this.#at(sha256))));
  }

  #open(): Promise<Opened> {
    this.#opened ??= openClient();
    return this.#opened;
  }

  #at(sha256: string): { Bucket: string; Key: string } {
    return { Bucket: this.#bucket, Key: this.#prefix + objectSteps(sha256).join("/") };
  }

  /** The answer, null where there is no such object. */
  #find<Answer>(doing: string, ask: () => Promise<Answer>): Promise<Answer | null> {
    return this.#ask(doing, () =>
      ask().catch((thrown: unknown) => {
        if (thrown instanceof Error && (thrown.name === "NoSuchKey" || thrown.name === "NotFound")) return null;
        throw thrown;
      }),
    );
  }

  async #ask<Answer>(doing: string, ask: () => Promise<Answer>): Promise<Answer> {
    try {
      return await ask();
    } catch (cause) {
      throw this.#unavailable(doing, cause);
    }
  }

  async *#chunks(body: unknown, doing: string): AsyncIterable<Uint8Array> {
    try {
      if (!(body instanceof Readable)) throw new TypeError("the answer has no bytes");
      const chunks: AsyncIterable<Uint8Array> = body;
      yield* chunks;
    } catch (cause) {
      throw this.#unavailable(doing, cause);
    }
  }

  #unavailable(doing: string, cause: unknown): RehearseError {
    const hint = "Check the bucket, AWS_REGION, the credentials and, for servers other than Amazon's, AWS_ENDPOINT_URL_S3.";
    return storeUnavailable({ title: this.title, doing, cause, hint });
  }
}

async function openClient(): Promise<Opened> {
  const sdk = await import("@aws-sdk/client-s3");
  const { AWS_ENDPOINT_URL_S3: own, AWS_ENDPOINT_URL: all } = process.env;
  const client = new sdk.S3Client({
    ...regionOf(process.env),
    // Servers other than Amazon's rarely have a host name for each bucket.
    forcePathStyle: [own, all].some(isSet),
    followRegionRedirects: true,
    maxAttempts: 2,
    // Whoever reads verifies the bytes by their SHA-256.
    responseChecksumValidation: "WHEN_REQUIRED",
    // What goes wrong is thrown and told once.
    logger: { debug: ignore, info: ignore, warn: ignore, error: ignore },
    requestHandler: { connectionTimeout: 5000, socketTimeout: idleMs },
  });
  return { sdk, client };
}

const ignore = (): void => undefined;

/** The library reads one of the two variables that AWS's command line reads. */
function regionOf({ AWS_REGION: region, AWS_DEFAULT_REGION: other }: NodeJS.ProcessEnv): { region?: string } {
  return isSet(region) || !isSet(other) ? {} : { region: other };
}

function isSet(variable: string | undefined): variable is string {
  return variable !== undefined && variable !== "";
}

function base64Of(sha256: string): string {
  return Buffer.from(sha256, "hex").toString("base64");
}
