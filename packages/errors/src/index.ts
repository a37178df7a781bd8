export { exitCodes, type ErrorCode } from "./error-codes.ts";
export { didYouMean } from "./did-you-mean.ts";
export { messageOf } from "./message-of.ts";
export { asForeseen, isDiskFault, notWritable, systemReason } from "./not-writable.ts";
export { nearest } from "./nearest.ts";
export { RehearseError, type Failure } from "./rehearse-error.ts";
export { renderFailure } from "./render-failure.ts";
