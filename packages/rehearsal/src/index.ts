export { reportSchema, type Check, type Divergence, type Report } from "./model/report.ts";
export { verdictSchema, type Verdict } from "./model/verdict.ts";
