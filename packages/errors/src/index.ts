export { exitCodes, type ErrorCode } from "./error-codes.ts";
export { messageOf } from "./message-of.ts";
export { RehearseError, type Failure } from "./rehearse-error.ts";
export { renderFailure } from "./render-failure.ts";
