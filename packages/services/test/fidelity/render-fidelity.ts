import type { FidelityLine } from "./measure.ts";

const exact = "exact";

const head = `# Fidelity

What becomes of values on their way: engine → dataset → the same engine, Postgres ↔ ClickHouse, and Parquet. Measured on the real engines by
\`packages/services/test/fidelity\`, with values that tools are known to damage; \`npm test -- packages/services/test/fidelity -u\` writes this page anew.

**exact**: every value reads back as the same value, and no two values became one. **not compared**: a value cannot be held there, or the type not be read; Rehearse
says so, and never passes a changed value for the same.
`;

/** The page of what was found. */
export function renderFidelity(found: Readonly<Record<string, readonly FidelityLine[]>>): string {
  return [head, ...Object.entries(found).map(([engine, lines]) => section(engine, lines))].join("\n");
}

function section(engine: string, lines: readonly FidelityLine[]): string {
  const places = Object.keys(lines[0]?.ways ?? {});
  const rows = lines.map(({ type, of, canonical, ways }) => {
    const named = of === "" ? code(type) : `${code(type)}: ${of}`;
    const reasons = [...new Set(Object.values(ways).filter((way) => way !== exact))];
    return [named, canonical === "–" ? canonical : code(canonical), ...places.map((place) => shown(ways[place])), reasons.join("; ")];
  });
  const cells = lines.flatMap(({ ways }) => Object.values(ways));
  const kept = cells.filter((way) => way === exact).length;
  return [
    `## ${engine}\n`,
    `${cells.length} cells: ${kept} exact, ${cells.length - kept} not compared, 0 lost.\n`,
    line([`${engine} type`, "canonical type", ...places.map((place) => `→ ${place}`), "why not"]),
    line(["---", "---", ...places.map(() => "---"), "---"]),
    ...rows.map(line),
    "",
  ].join("\n");
}

function line(cells: readonly string[]): string {
  return `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
}

function shown(way: string | undefined): string {
  return way === exact ? exact : "not compared";
}

function code(text: string): string {
  return `\`${text}\``;
}
