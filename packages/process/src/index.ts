export { labelVariables, type ProcessLabel } from "./process-label.ts";
