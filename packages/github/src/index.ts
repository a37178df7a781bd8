export { owedCommentFile } from "./comment/owed-comment.ts";
export { readWorkflowRun, type WorkflowRun } from "./event/workflow-run.ts";
export { maskSecret } from "./log/mask-secret.ts";
export { writeLog } from "./log/write-log.ts";
export { postOwedComment } from "./step/post-owed-comment.ts";
export { type GitHubOutcome, type GitHubRehearsal, rehearseOnGitHub } from "./step/rehearse-on-github.ts";
export { runStep } from "./step/run-step.ts";
export { stateFolder } from "./step/state-folder.ts";
export { takeDownLeft } from "./step/take-down-left.ts";
