import { DirectoryStore } from "./directory-store.ts";
import type { ObjectStore } from "./object-store.ts";
import { S3Store } from "./s3-store.ts";

/** Opens `s3://bucket/prefix`, or a directory by its absolute path; nothing is asked of it yet. */
export function openObjectStore(location: string): ObjectStore {
  return location.startsWith("s3://") ? new S3Store(location) : new DirectoryStore(location);
}
