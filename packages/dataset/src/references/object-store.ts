import type { Content } from "../rows/manifest.ts";

/** What a store holds: bytes under their own SHA-256. */
export interface StoredObject extends Content {
  readonly modifiedAt: Date;
}

/** Where the rows of large references lie, each under its SHA-256. What comes out of it is not trusted: whoever reads it verifies it. */
export interface ObjectStore {
  /** As the user named it. */
  readonly title: string;
  /** Whether exactly that lies there. STORE_UNAVAILABLE, REFERENCE_INVALID. */
  has(content: Content): Promise<boolean>;
  /** Puts a file of this content there, whole or not at all, over whatever lies there. STORE_UNAVAILABLE, REFERENCE_INVALID. */
  put(content: Content, file: string): Promise<void>;
  /** The bytes under a SHA-256, as they come; null where there are none. STORE_UNAVAILABLE, REFERENCE_INVALID. */
  read(content: Content): Promise<AsyncIterable<Uint8Array> | null>;
  /** All that lies there; other files are not ours. STORE_UNAVAILABLE. */
  list(): Promise<StoredObject[]>;
  /** Removes what lies under a SHA-256. STORE_UNAVAILABLE. */
  remove(sha256: string): Promise<void>;
}
