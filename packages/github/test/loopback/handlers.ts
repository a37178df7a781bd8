import { z } from "zod";
import type { Description } from "./description.ts";
import type { Account, Call, GitHubState, StoredComment, Token } from "./github-state.ts";

export interface Answer {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

interface Context {
  readonly github: GitHubState;
  readonly description: Description;
  readonly call: Call;
  /** From the path. */
  readonly values: Readonly<Record<string, string>>;
  readonly token: Token;
}

/** An answer that says no. */
export class Refused extends Error {
  readonly answer: Answer;

  constructor(status: number, message: string, more: Readonly<Record<string, unknown>> = {}) {
    super(message);
    this.answer = { status, body: { message, documentation_url: "https://docs.github.com/rest", status: String(status), ...more } };
  }
}

/** What GitHub does, by operation: the rules that its description has only in prose. */
export const handlers: Readonly<Record<string, (context: Context) => Answer>> = {
  "GET /user": ({ description, token: { account, ofApp } }) => {
    if (ofApp) throw new Refused(403, "Resource not accessible by integration");
    return { status: 200, body: description.make("private-user", { ...account }) };
  },
  "GET /repos/{owner}/{repo}/issues/{issue_number}/comments": (context) => {
    const issue = issueOf(context);
    return page(
      context,
      context.github.comments.filter((comment) => comment.issue === issue),
    );
  },
  "POST /repos/{owner}/{repo}/issues/{issue_number}/comments": (context) => {
    mustWrite(context);
    const issue = issueOf(context);
    return { status: 201, body: shown(context, context.github.write(context.token.account, bodyOf(context), issue)) };
  },
  "PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}": (context) => {
    mustWrite(context);
    const comment = commentOf(context);
    comment.body = bodyOf(context);
    return { status: 200, body: shown(context, comment) };
  },
  "DELETE /repos/{owner}/{repo}/issues/comments/{comment_id}": (context) => {
    mustWrite(context);
    context.github.comments.splice(context.github.comments.indexOf(commentOf(context)), 1);
    return { status: 204 };
  },
};

function mustWrite({ token }: Context): void {
  if (!token.mayWrite) throw new Refused(403, `Resource not accessible by ${token.ofApp ? "integration" : "personal access token"}`);
}

function issueOf({ github, values }: Context): number {
  const issue = Number(values["issue_number"]);
  if (!github.pulls.has(issue)) throw new Refused(404, "Not Found");
  return issue;
}

function commentOf({ github, values }: Context): StoredComment {
  const comment = github.comments.find(({ id }) => id === Number(values["comment_id"]));
  if (comment === undefined) throw new Refused(404, "Not Found");
  return comment;
}

function bodyOf({ call }: Context): string {
  const { body } = z.object({ body: z.string() }).parse(call.body);
  if (body.length <= 65_536) return body;
  throw new Refused(422, "Validation Failed", {
    errors: [{ resource: "IssueComment", code: "unprocessable", field: "data", message: "Body is too long (maximum is 65536 characters)" }],
  });
}

function shown({ github, description, call }: Context, { id, issue, user, body }: StoredComment): unknown {
  const repository = call.path.split("/").slice(0, 4).join("/");
  return description.make("issue-comment", {
    id,
    body,
    user: accountOf(description, user),
    issue_url: `${github.url}${repository}/issues/${issue}`,
    html_url: `https://github.example${repository.replace("/repos", "")}/pull/${issue}#issuecomment-${id}`,
  });
}

function accountOf(description: Description, account: Account): unknown {
  return description.make("simple-user", { ...account });
}

function page(context: Context, all: readonly StoredComment[]): Answer {
  const { github, call } = context;
  const size = Math.min(Number(call.query["per_page"] ?? 30), github.longestPage);
  const [at, last] = [Number(call.query["page"] ?? 1), Math.max(1, Math.ceil(all.length / size))];
  const link = (number: number, relation: string): string => {
    const url = new URL(call.path, github.url);
    url.search = new URLSearchParams({ ...call.query, page: String(number) }).toString();
    return `<${url.href}>; rel="${relation}"`;
  };
  const before = at > 1 ? [link(at - 1, "prev"), link(1, "first")] : [];
  const after = at < last ? [link(at + 1, "next"), link(last, "last")] : [];
  const links = [...before, ...after];
  return {
    status: 200,
    body: all.slice((at - 1) * size, at * size).map((comment) => shown(context, comment)),
    ...(links.length === 0 ? {} : { headers: { link: links.join(", ") } }),
  };
}
