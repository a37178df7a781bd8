/** Nothing imports this file. The gate for unused code must report it, and nothing else: so it is known to have looked. */
export const neverImported = true;
