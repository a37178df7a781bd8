import type { Finding } from "../finding.ts";

/** A seed's program that stands beside `into` and not in `from`: the shape tells one fault as two or three, a missing key and unknown ones. */
export function joinMisplacedPrograms(findings: readonly Finding[]): Finding[] {
  const faultsAt = (place: string, message: string): Finding[] =>
    findings.filter(({ path, message: said }) => path.length === 3 && path.slice(0, 2).join(".") === place && said === message);
  return findings.flatMap((finding) => {
    const [root, index, key] = finding.path;
    if (root !== "seeds" || finding.path.length !== 3) return [finding];
    const place = `seeds.${index}`;
    const unknown = faultsAt(place, "unknown key").map(({ path }) => path[2]);
    const isMisplaced = unknown.includes("run") && faultsAt(place, "missing").some(({ path }) => path[2] === "from");
    if (!isMisplaced || (key !== "from" && key !== "run" && key !== "env")) return [finding];
    const expected = `from: { run: …${unknown.includes("env") ? ", env: …" : ""} }`;
    return key === "run" ? [{ path: finding.path, at: "key", message: "belongs in `from`", expected, got: "run beside into" }] : [];
  });
}
