import { parse } from "yaml";
import { z } from "zod";
import { readText } from "./readme.ts";

/** Of the example, whose folder is a repository. */
export const workflowFile = ".github/workflows/rehearse.yml";

const stepSchema = z.object({ uses: z.string(), with: z.record(z.string(), z.string()).default({}) });
const workflowSchema = z.object({
  permissions: z.record(z.string(), z.string()),
  jobs: z.object({ rehearse: z.object({ steps: z.array(stepSchema) }) }),
});

/** What the README's workflow grants, and the one step that uses Rehearse. */
export function exampleWorkflow() {
  const { permissions, jobs } = workflowSchema.parse(parse(readText(`docs/example/${workflowFile}`)));
  const [step, ...others] = jobs.rehearse.steps.filter(({ uses }) => uses.endsWith("/rehearse@v1"));
  if (step === undefined || others.length > 0) throw new Error("The workflow does not use Rehearse in one step.");
  return { permissions, step };
}
