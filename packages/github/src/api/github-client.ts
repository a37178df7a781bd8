import type { getOctokit } from "@actions/github";
import { ApiFailure, asApiFailure, cutOff } from "./api-failure.ts";
import type { Patience } from "./patience.ts";

export type GitHubClient = ReturnType<typeof getOctokit>;

export interface ClientRequest {
  readonly token: string;
  readonly apiUrl: string;
  readonly patience: Patience;
}

/**
 * Makes a client of GitHub's API that asks again where that is safe: everything but a POST, whose answer may be lost after it was carried out. Requests
 * reject with an `ApiFailure`, or with the reason of the patience's signal.
 */
export async function githubClient({ token, apiUrl, patience }: ClientRequest): Promise<GitHubClient> {
  // It reads the event's file when it is loaded, and knows no mercy: by now the file is known to be sound.
  const { getOctokit } = await import("@actions/github");
  const client = getOctokit(token, { baseUrl: apiUrl });
  client.hook.wrap("request", async (request, options) => {
    for (let attempt = 1; ; attempt += 1) {
      try {
        // The hooks share one `options`: what is handed to `request` goes unread where there is another hook.
        options.request = { ...options.request, signal: patience.requestSignal() };
        const response = await request(options);
        // The client gives what came before a broken connection as text, and pages of it as empty lists.
        if (response.status !== 204 && typeof response.data !== "object") throw cutOff();
        return response;
      } catch (thrown) {
        patience.signal.throwIfAborted();
        const failure = asApiFailure(thrown);
        if (!(failure instanceof ApiFailure) || options.method === "POST") throw failure;
        await patience.next(failure, attempt);
      }
    }
  });
  return client;
}
