export interface Account {
  readonly id: number;
  readonly login: string;
  readonly type: "User" | "Bot";
}

/** Whose token it is, and what it may: the token of an app may not ask who it is. */
export interface Token {
  readonly account: Account;
  readonly mayWrite: boolean;
  readonly ofApp: boolean;
}

export interface StoredComment {
  readonly id: number;
  readonly issue: number;
  readonly user: Account;
  body: string;
}

export interface Call {
  readonly method: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly body: unknown;
}

/** What a GitHub holds, as far as comments go. */
export interface GitHubState {
  readonly url: string;
  readonly comments: StoredComment[];
  readonly pulls: ReadonlySet<number>;
  readonly longestPage: number;
  /** Adds a comment. */
  write(user: Account, body: string, issue: number): StoredComment;
}
