import type { HttpAssertion } from "@rehearse/config";
import { messageOf } from "@rehearse/errors";
import type { FactOf } from "../../model/assertion-fact.ts";
import { fillTemplate } from "../fill-template.ts";
import type { StepContext } from "../step-context.ts";

const longestBody = 2 ** 20;

type Answered = Pick<FactOf<"http">, "status" | "body" | "error">;

/** Sends one GET request. A redirect is an answer like any other: nobody is led elsewhere. */
export async function askHttp({ url, timeoutMs }: HttpAssertion, { environment, signal }: StepContext): Promise<Answered> {
  const address = URL.parse(fillTemplate(url, environment));
  if (address === null || !/^https?:$/.test(address.protocol)) return unanswered("it is no URL of HTTP");
  const timeout = AbortSignal.timeout(timeoutMs);
  try {
    const { status, body } = await get(address, AbortSignal.any([signal, timeout]));
    const text = await textWithin(body);
    return text === null ? unanswered(`its body is longer than ${longestBody} bytes`) : { status, body: text, error: null };
  } catch (thrown) {
    signal.throwIfAborted();
    return unanswered(timeout.aborted ? `nothing came within ${timeoutMs / 1000} s` : whyOf(thrown));
  }
}

/** `fetch` takes credentials as a header only. */
function get(address: URL, signal: AbortSignal): Promise<Response> {
  const { username, password } = address;
  const login = Buffer.from(`${decodeURIComponent(username)}:${decodeURIComponent(password)}`).toString("base64");
  const bare = new URL(address);
  bare.username = bare.password = "";
  return fetch(bare, { redirect: "manual", signal, headers: username === "" ? {} : { authorization: `Basic ${login}` } });
}

/** The body as text, null where it is too long. */
async function textWithin(body: Response["body"]): Promise<string | null> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body ?? []) {
    size += chunk.byteLength;
    if (size > longestBody) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

function unanswered(error: string): Answered {
  return { status: null, body: "", error };
}

/** `fetch failed` says nothing; its cause does. */
function whyOf(thrown: unknown): string {
  return messageOf(thrown instanceof Error && thrown.cause !== undefined ? thrown.cause : thrown);
}
