import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { Description } from "./description.ts";
import type { Fault } from "./faults.ts";
import type { Account, Call, GitHubState, StoredComment, Token } from "./github-state.ts";
import { handlers, Refused, type Answer } from "./handlers.ts";

export const bot: Account = { id: 41_898_282, login: "github-actions[bot]", type: "Bot" };
export const ann: Account = { id: 7, login: "ann", type: "User" };

/** A GitHub on loopback, its state in memory, that takes and gives only what GitHub's own description of its API allows. */
export class LoopbackGitHub implements GitHubState, AsyncDisposable {
  readonly comments: StoredComment[] = [];
  readonly pulls = new Set([7]);
  readonly tokens = new Map<string, Token>([["job-token", { account: bot, mayWrite: true, ofApp: true }]]);
  readonly calls: Call[] = [];
  readonly faults: Fault[] = [];
  /** Requests that GitHub would not understand, and answers that it would not give. Disposing throws where there are any. */
  readonly problems: string[] = [];
  /** GitHub gives as many to a page at most as are asked for. */
  longestPage = 100;
  readonly #description = new Description();
  readonly #server: Server;

  private constructor() {
    this.#server = createServer((request, response) => {
      this.#serve(request, response).catch((thrown: unknown) => {
        this.problems.push(String(thrown));
        response.destroy();
      });
    });
  }

  static async start(): Promise<LoopbackGitHub> {
    const github = new LoopbackGitHub();
    github.#server.listen(0, "127.0.0.1");
    await once(github.#server, "listening");
    return github;
  }

  get url(): string {
    const address = this.#server.address() as AddressInfo;
    return `http://127.0.0.1:${address.port}`;
  }

  /** A comment that is there before. */
  write(user: Account, body: string, issue = 7): StoredComment {
    const comment = { id: (this.comments.at(-1)?.id ?? 0) + 1, issue, user, body };
    this.comments.push(comment);
    return comment;
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? "/", this.url);
    const raw = await text(request);
    const method = request.method ?? "";
    const query = Object.fromEntries(url.searchParams);
    const call: Call = { method, path: url.pathname, query, body: raw === "" ? undefined : JSON.parse(raw) };
    this.calls.push(call);
    const fault = this.faults.find((one) => one.times > 0 && (one.method ?? call.method) === call.method);
    if (fault !== undefined) fault.times -= 1;
    if (fault?.kind === "silence") return;
    if (fault?.kind === "drop") return void request.socket.destroy();
    const answer = fault?.kind === "answer" ? faultyAnswer(fault) : this.#answer(call, request.headers.authorization ?? "");
    if (fault?.kind === "late") return void request.socket.destroy();
    const body = answer.body === undefined ? "" : JSON.stringify(answer.body);
    response.writeHead(answer.status, {
      "content-type": "application/json; charset=utf-8",
      ...answer.headers,
      ...(body === "" ? {} : { "content-length": Buffer.byteLength(body) }),
    });
    if (fault?.kind !== "cut") return void response.end(body);
    response.write(body.slice(0, body.length / 2), () => request.socket.destroy());
  }

  #answer(call: Call, authorization: string): Answer {
    const found = this.#description.operations.flatMap((operation) => {
      const values = operation.match(call.method, call.path);
      return values === null ? [] : [{ operation, values }];
    })[0];
    const handler = found === undefined ? undefined : handlers[found.operation.name];
    if (found === undefined || handler === undefined) return this.#problem(call, ["the description has no such operation"]);
    const { operation, values } = found;
    const wrong = operation.requestProblems({ path: values, query: call.query, body: call.body });
    if (wrong.length > 0) return this.#problem(call, wrong);
    const answer = this.#carriedOut(() => {
      const token = this.tokens.get(authorization.replace(/^(token|bearer) /i, ""));
      if (token === undefined) throw new Refused(401, "Bad credentials");
      return handler({ github: this, description: this.#description, call, values, token });
    });
    const odd = operation.answerProblems(answer.status, answer.body === undefined ? undefined : JSON.parse(JSON.stringify(answer.body)));
    return odd.length > 0 ? this.#problem(call, odd) : answer;
  }

  #carriedOut(act: () => Answer): Answer {
    try {
      return act();
    } catch (thrown) {
      if (!(thrown instanceof Refused)) throw thrown;
      return thrown.answer;
    }
  }

  #problem(call: Call, problems: readonly string[]): Answer {
    this.problems.push(...problems.map((problem) => `${call.method} ${call.path}: ${problem}`));
    return { status: 400, body: { message: problems.join("; ") } };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, "close");
    if (this.problems.length > 0) throw new Error(this.problems.join("\n"));
  }
}

function faultyAnswer({ status, message, headers = {} }: Extract<Fault, { kind: "answer" }>): Answer {
  return { status, body: { message, documentation_url: "https://docs.github.com/rest", status: String(status) }, headers };
}
