const looksLikeSql = /\b(SELECT|FROM|WHERE|JOIN|CASE|WHEN|AND|OR|ORDER BY|IS NULL|IS NOT|DISTINCT|coalesce|bit_xor|count)\b/;

/** Pieces of SQL, and what somebody might have written in their place. What is left is SQL still: text that no engine reads is no fault that needs a test. */
const mistakes: readonly (readonly [RegExp, string])[] = [
  [/IS NOT DISTINCT FROM/g, "="],
  [/IS DISTINCT FROM/g, "<>"],
  [/FULL (OUTER )?JOIN/g, "LEFT JOIN"],
  [/LEFT JOIN/g, "JOIN"],
  [/ >= /g, " > "],
  [/ <= /g, " < "],
  [/ > /g, " >= "],
  [/ < /g, " <= "],
  [/ <> /g, " = "],
  [/ \+ /g, " - "],
  [/ - /g, " + "],
  [/\bAND\b/g, "OR"],
  [/\bOR\b/g, "AND"],
  [/\bIS NULL\b/g, "IS NOT NULL"],
  [/\bIS NOT NULL\b/g, "IS NULL"],
  [/\bNOT EXISTS\b/g, "EXISTS"],
  [/\bUNION ALL\b/g, "UNION"],
  [/(?<=SELECT )DISTINCT /g, ""],
  [/\bORDER BY /g, "ORDER BY random(), "],
  [/ DESC\b/g, " ASC"],
  [/\bsum\(/g, "max("],
  [/\bbit_xor\(/g, "bit_or("],
  [/\bmin\(/g, "max("],
  [/\bmax\(/g, "min("],
  [/, 0\)/g, ", 1)"],
  [/\bcount\(\*\)/g, "(count(*) + 1)"],
];

/** The places in a literal's text where its SQL can be wrong; offsets are those of the text. */
export function sqlMistakes(text: string): { start: number; end: number; replacement: string }[] {
  if (!looksLikeSql.test(text)) return [];
  return mistakes.flatMap(([pattern, replacement]) =>
    [...text.matchAll(pattern)].map(({ index, 0: found }) => ({ start: index, end: index + found.length, replacement })),
  );
}
