/** The known word that a misspelt one most likely means; undefined where none is near. */
export function nearest(word: string, known: readonly string[]): string | undefined {
  const limit = Math.max(1, Math.floor(word.length / 3));
  const ranked = known
    .map((candidate) => ({ candidate, distance: distance(word.toLowerCase(), candidate.toLowerCase()) }))
    .filter((rank) => rank.distance <= limit && rank.candidate !== word)
    .toSorted((a, b) => a.distance - b.distance);
  return ranked[0]?.candidate;
}

/** How many letters must be added, removed, replaced or swapped with their neighbour to make `a` into `b`. */
function distance(a: string, b: string): number {
  const cost = new Map<string, number>();
  const at = (i: number, j: number): number => (i === 0 || j === 0 ? i + j : (cost.get(`${i},${j}`) ?? Infinity));
  for (let i = 1; i <= a.length; i++) {
    for (let j = 1; j <= b.length; j++) {
      const replaced = at(i - 1, j - 1) + (a[i - 1] === b[j - 1] ? 0 : 1);
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1] ? at(i - 2, j - 2) + 1 : Infinity;
      cost.set(`${i},${j}`, Math.min(at(i - 1, j) + 1, at(i, j - 1) + 1, replaced, swapped));
    }
  }
  return at(a.length, b.length);
}
