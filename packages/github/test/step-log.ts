export interface Remark {
  readonly level: string;
  readonly properties: Readonly<Record<string, string>>;
  readonly message: string;
}

/** What a step printed, as the runner takes it. */
export interface StepLog {
  readonly masks: readonly string[];
  readonly remarks: readonly Remark[];
  /** Commands that are neither masks nor remarks. */
  readonly otherCommands: readonly string[];
  /** Everything but the masks. */
  readonly log: string;
}

/** Reads the commands out of a log: a line is one if it begins, after blanks, with `::name`, or has `##[name` anywhere. */
export function readLog(printed: string): StepLog {
  const lines = printed.split(/\r\n|\r|\n/).map((line) => ({ line, command: commandIn(line) }));
  const commands = lines.flatMap(({ command }) => command ?? []);
  return {
    masks: commands.filter(({ level }) => level === "add-mask").map(({ message }) => message),
    remarks: commands.filter(({ level }) => ["error", "warning", "notice"].includes(level)),
    otherCommands: commands.map(({ level }) => level).filter((level) => !["add-mask", "error", "warning", "notice"].includes(level)),
    log: lines
      .filter(({ command }) => command?.level !== "add-mask")
      .map(({ line }) => line)
      .join("\n"),
  };
}

function commandIn(line: string): Remark | null {
  const old = /##\[([^\]]*)/.exec(line);
  if (old !== null) return { level: `##[${old[1] ?? ""}`, properties: {}, message: line };
  const found = /^[\s\u0085]*::([^ :]*)(?: (.*?))?::(.*)$/.exec(line);
  if (found === null) return null;
  const [, level = "", properties = "", message = ""] = found;
  const pairs = properties.split(",").filter(Boolean);
  return { level, properties: Object.fromEntries(pairs.map(pairOf)), message: unescaped(message) };
}

function pairOf(text: string): [string, string] {
  const at = text.indexOf("=");
  return [
    text.slice(0, at),
    unescaped(text.slice(at + 1))
      .replaceAll("%3A", ":")
      .replaceAll("%2C", ","),
  ];
}

function unescaped(text: string): string {
  return text.replaceAll("%0D", "\r").replaceAll("%0A", "\n").replaceAll("%25", "%");
}
