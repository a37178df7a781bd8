/** One statement of a script: its text without the semicolon, and the line of its first word, from 1. */
export interface Statement {
  readonly text: string;
  readonly line: number;
}

/** Something that a script opens, and its end does not close. */
export interface Unclosed {
  readonly unclosed: "string" | "quoted name" | "comment";
  readonly line: number;
}

type Scan = { readonly end: number } | { readonly unclosed: Unclosed["unclosed"] };

/** The statements of a script in ClickHouse's SQL, in order, without the empty ones; or what is not closed in it. */
export function splitStatements(script: string): Statement[] | Unclosed {
  const statements: Statement[] = [];
  const line = lineCounter(script);
  let first: number | null = null;
  const close = (end: number): void => {
    if (first !== null) statements.push({ text: script.slice(first, end).trimEnd(), line: line(first) });
    first = null;
  };
  let at = 0;
  while (at < script.length) {
    if (script[at] === ";") {
      close(at);
      at += 1;
      continue;
    }
    const comment = scanComment(script, at);
    const scan = comment ?? scanToken(script, at);
    if ("unclosed" in scan) return { unclosed: scan.unclosed, line: line(at) };
    if (comment === null && !/^\s/.test(script.charAt(at))) first ??= at;
    at = scan.end;
  }
  close(script.length);
  return statements;
}

/** The line of an offset, from 1. Offsets are asked for in ascending order, so each character is looked at once. */
function lineCounter(script: string): (offset: number) => number {
  let line = 1;
  let counted = 0;
  return (offset) => {
    for (let next = script.indexOf("\n", counted); next >= 0 && next < offset; next = script.indexOf("\n", counted)) {
      line += 1;
      counted = next + 1;
    }
    return line;
  };
}

/** The comment that begins here, or null. Block comments nest. */
function scanComment(script: string, at: number): Scan | null {
  if (matchAt(/--|\/\/|#!|# /y, script, at) !== null) {
    const end = script.indexOf("\n", at);
    return { end: end < 0 ? script.length : end + 1 };
  }
  if (!script.startsWith("/*", at)) return null;
  const marks = /\/\*|\*\//g;
  marks.lastIndex = at;
  let depth = 0;
  for (let mark = marks.exec(script); mark !== null; mark = marks.exec(script)) {
    depth += mark[0] === "/*" ? 1 : -1;
    if (depth === 0) return { end: marks.lastIndex };
  }
  return { unclosed: "comment" };
}

/** Whatever else begins here, taken as a whole where a semicolon in it would mean nothing. */
function scanToken(script: string, at: number): Scan {
  const character = script.charAt(at);
  switch (character) {
    case "'":
      return scanQuoted(script, at, "string");
    case '"':
    case "`":
      return scanQuoted(script, at, "quoted name");
    case "‘":
      return scanUntil({ script, from: at + 1, closing: "’", unclosed: "string" });
    case "“":
      return scanUntil({ script, from: at + 1, closing: "”", unclosed: "quoted name" });
    case "$": {
      const tag = matchAt(/\$\w*\$/y, script, at);
      return tag === null ? { end: at + 1 } : scanUntil({ script, from: at + tag.length, closing: tag, unclosed: "string" });
    }
    default:
      // A word may have dollars in it: they open nothing.
      return { end: at + (matchAt(/\w[\w$]*|\s+/y, script, at)?.length ?? 1) };
  }
}

function matchAt(pattern: RegExp, script: string, at: number): string | null {
  pattern.lastIndex = at;
  return pattern.exec(script)?.[0] ?? null;
}

/** Up to the closing quote: a backslash takes the next character along; a doubled quote ends one piece where the next begins. */
function scanQuoted(script: string, at: number, unclosed: "string" | "quoted name"): Scan {
  const quote = script.charAt(at);
  const stops = quote === "'" ? /['\\]/g : quote === '"' ? /["\\]/g : /[`\\]/g;
  stops.lastIndex = at + 1;
  for (let stop = stops.exec(script); stop !== null; stop = stops.exec(script)) {
    if (stop[0] === quote) return { end: stops.lastIndex };
    stops.lastIndex += 1;
  }
  return { unclosed };
}

function scanUntil(search: { script: string; from: number; closing: string; unclosed: "string" | "quoted name" }): Scan {
  const end = search.script.indexOf(search.closing, search.from);
  return end < 0 ? { unclosed: search.unclosed } : { end: end + search.closing.length };
}
