import { setSecret } from "@actions/core";

/** Tells the runner to show `***` instead of a secret, as it stands and URL-encoded, in everything that it is given from now on. */
export function maskSecret(secret: string): void {
  if (secret === "") return;
  for (const form of new Set([secret, encodeURIComponent(secret)])) setSecret(form);
}
