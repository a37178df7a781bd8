export { renderHtml } from "./html/render-html.ts";
export { renderMarkdown } from "./markdown/render-markdown.ts";
export { renderJson } from "./render-json.ts";
export { renderProgressLine, type ProgressStep, type TerminalStyle } from "./terminal/progress-line.ts";
export { renderTerminal } from "./terminal/render-terminal.ts";
