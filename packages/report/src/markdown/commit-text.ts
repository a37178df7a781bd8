import { visibleName } from "../content/visible-text.ts";
import { code } from "./escape-markdown.ts";

/** The commit that a page is about, as short as people write it. */
export function commitText(commit: string): string {
  return `commit ${code(visibleName(commit.slice(0, 7)))}`;
}
