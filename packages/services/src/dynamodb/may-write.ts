const reading = /\.(?:BatchGetItem|Describe\w+|GetItem|List\w+|Query|Scan)$/;

/** Whether a request with this `X-Amz-Target` may write: all may but those that are known to read. */
export function mayWrite(target: unknown): boolean {
  return typeof target !== "string" || !reading.test(target);
}
