import { homedir } from "node:os";
import { isAbsolute, join, resolve } from "node:path";

type Variables = Readonly<Record<string, string | undefined>>;

/**
 * Where engines are kept between runs, absolute: `REHEARSE_CACHE`, else the user's cache directory. Root's own would be closed to the user that
 * servers of root run as, so root uses the system's.
 */
export function cacheDirectory(variables: Variables = process.env): string {
  const { REHEARSE_CACHE: own, XDG_CACHE_HOME: xdg } = variables;
  if (own !== undefined && own !== "") return resolve(own);
  if (xdg !== undefined && isAbsolute(xdg)) return join(xdg, "rehearse");
  if (process.getuid?.() === 0) return "/var/cache/rehearse";
  return join(homedir(), ".cache", "rehearse");
}
