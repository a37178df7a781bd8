import type { ServerResponse } from "node:http";

// How servers may answer that a store of references might meet.

/** What a store holds whose objects are right until the middle. */
export function changedInTheMiddle(bytes: Buffer): (response: ServerResponse) => void {
  const half = Math.floor(bytes.length / 2);
  return (response) => {
    response.writeHead(200, { "content-length": bytes.length });
    response.write(bytes.subarray(0, half));
    setTimeout(() => response.end(Buffer.alloc(bytes.length - half)), 50);
  };
}

export function endless(response: ServerResponse): void {
  response.writeHead(200, { "transfer-encoding": "chunked" });
  const chunk = Buffer.alloc(65_536);
  const more = (): void => {
    while (!response.destroyed && response.write(chunk));
  };
  response.on("drain", more);
  more();
}

export function cutOff(bytes: Buffer): (response: ServerResponse) => void {
  return (response) => {
    response.writeHead(200, { "content-length": bytes.length });
    response.write(bytes.subarray(0, 100), () => response.destroy());
  };
}

export function refusing(response: ServerResponse): void {
  response.writeHead(403, { "content-type": "application/xml" });
  response.end("<Error><Code>AccessDenied</Code><Message>not yours</Message></Error>");
}

export function talkingNonsense(response: ServerResponse): void {
  response.writeHead(200, { "content-type": "text/html" });
  response.end("<html>please log in</html>");
}
