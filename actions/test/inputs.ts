import { RehearseError } from "@rehearse/errors";
import { z } from "zod";

/** As YAML writes it. */
const flag = z.enum(["true", "True", "TRUE", "false", "False", "FALSE"]).transform((text) => text.toLowerCase() === "true");

/** The inputs of action.yml, by the same names. */
export const inputsSchema = z.strictObject({
  config: z.string().min(1),
  provider: z.enum(["auto", "docker", "embedded"]),
  against: z.string().min(1),
  noise: flag,
  only: z.string().transform((stage) => (stage === "" ? null : stage)),
  token: z.string(),
  comment: flag,
  keep: flag,
  "allow-untrusted-code": flag,
});

type Raw = z.infer<typeof inputsSchema>;
/** The inputs, typed. */
export interface Inputs extends Omit<Raw, "allow-untrusted-code"> {
  readonly allowUntrustedCode: boolean;
}

/** Reads all inputs at once. USAGE with every one that is not as action.yml says. */
export function readInputs(read: (name: string) => string): Inputs {
  const texts = Object.fromEntries(Object.keys(inputsSchema.shape).map((name) => [name, read(name)]));
  const result = inputsSchema.safeParse(texts);
  if (!result.success) {
    const problems = result.error.issues.map(
      ({ path: [name = ""], message }) => `${String(name)}: ${message}, got "${texts[String(name)]}"`,
    );
    throw new RehearseError({
      code: "USAGE",
      message: "The action's inputs are not as action.yml says.",
      got: problems.join("; "),
      hint: "Mend them under `with:` in the workflow file.",
    });
  }
  const { "allow-untrusted-code": allowUntrustedCode, ...inputs } = result.data;
  return { ...inputs, allowUntrustedCode };
}
