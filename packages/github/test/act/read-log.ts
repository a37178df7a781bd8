import { z } from "zod";

const lineSchema = z.object({
  msg: z.string(),
  jobID: z.string().optional(),
  jobResult: z.string().optional(),
  stepID: z.array(z.string()).optional(),
  stage: z.string().optional(),
  stepResult: z.string().optional(),
  raw_output: z.boolean().optional(),
  command: z.string().optional(),
  name: z.string().optional(),
  arg: z.string().optional(),
  content: z.string().optional(),
  kvPairs: z.record(z.string(), z.string()).nullish(),
});
type Line = z.infer<typeof lineSchema>;

export interface Annotation {
  readonly level: string;
  readonly message: string;
  /** `file`, `line`, `title`… as they were given. */
  readonly place: Readonly<Record<string, string>>;
}

/** What one step did: its main program, or the program that runs after the job. */
export interface StepRun {
  readonly id: string;
  readonly stage: "Main" | "Post";
  /** `success` or `failure`. */
  result: string;
  /** What it wrote, masked as the log of a run is. */
  log: string;
  summary: string;
  readonly outputs: Record<string, string>;
  readonly annotations: Annotation[];
}

export interface WorkflowLog {
  /** `success`, `failure`, or `skipped` for a job that never said how it ended. */
  readonly jobs: Readonly<Record<string, string>>;
  /** What a step did, by its id. Throws where it did not run. */
  step(id: string, stage?: StepRun["stage"]): StepRun;
  /** All that a person would see, and what act itself complained of. */
  readonly text: string;
}

/** Reads what act prints with `--json`. */
export function readLog(output: string): WorkflowLog {
  const jobs: Record<string, string> = {};
  const steps = new Map<string, StepRun>();
  const lines = output.split("\n").filter((line) => line.trim() !== "");
  const complaints = lines.filter((line) => !line.startsWith("{"));
  const events = lines.filter((line) => line.startsWith("{")).map((line) => lineSchema.parse(JSON.parse(line)));
  for (const event of events) {
    if (event.jobID === undefined) continue;
    jobs[event.jobID] = event.jobResult ?? jobs[event.jobID] ?? "skipped";
    const { stepID, stage } = event;
    if (stepID === undefined || (stage !== "Main" && stage !== "Post")) continue;
    const id = stepID.join(".");
    const step = steps.get(`${id} ${stage}`) ?? { id, stage, result: "running", log: "", summary: "", outputs: {}, annotations: [] };
    steps.set(`${id} ${stage}`, step);
    note(step, event);
  }
  return {
    jobs,
    text: [...events.map(({ msg }) => msg), ...complaints].join("\n"),
    step(id, stage = "Main") {
      const found = steps.get(`${id} ${stage}`);
      if (found === undefined) throw new Error(`no step ${id} ran in ${stage}:\n${output}`);
      return found;
    },
  };
}

function note(step: StepRun, { raw_output: isOutput, stepResult, command, name, arg = "", content = "", msg, kvPairs }: Line): void {
  if (isOutput === true) step.log += msg;
  else if (stepResult !== undefined) step.result = stepResult;
  else if (command === "set-output" && name !== undefined) step.outputs[name] = arg;
  else if (command === "summary") step.summary = content;
  else if (command === "error" || command === "warning" || command === "notice")
    step.annotations.push({ level: command, message: arg, place: kvPairs ?? {} });
}
