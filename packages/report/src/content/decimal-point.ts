/** How long the longest fraction of numbers is, its point included. Where there are exponents, or fractions too long for the eye, nothing is gained: 0. */
export function longestFraction(numbers: readonly string[]): number {
  const longest = Math.max(0, ...numbers.map((number) => fraction(number).length));
  return longest > 20 || numbers.some((number) => /e/i.test(number)) ? 0 : longest;
}

/**
 * How many blanks after a number make its point stand below the points of others, the longest of whose fractions is `longest`. What is shown
 * of it stays as it is: 1.5 in a column of text is not 1.50.
 */
export function blanksAfter(text: string, longest: number): number {
  return /^[-+−]?\d[\d,.]*$/.test(text) ? Math.max(0, longest - fraction(text).length) : 0;
}

function fraction(number: string): string {
  return /\..*$/.exec(number)?.[0] ?? "";
}
