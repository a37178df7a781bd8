import type { Container } from "dockerode";
import { engineWords } from "./docker-failure.ts";

/** What a container has written so far, its last `lines` lines (all where left out), standard output and error in the order written. */
export async function containerLog(container: Container, lines?: number): Promise<string> {
  return plainText(await container.logs({ stdout: true, stderr: true, follow: false, ...(lines === undefined ? {} : { tail: lines }) }));
}

/** The same as evidence for something else that went wrong: that must be told, whatever becomes of the evidence. */
export async function lastWords(container: Container, lines: number): Promise<string> {
  return containerLog(container, lines).catch((error: unknown) => `the container's log cannot be read: ${engineWords(error)}`);
}

const headerBytes = 8;

/** The engine frames each piece: the stream in one byte, three zeros, the length in four bytes, big-endian. */
function plainText(framed: Buffer): string {
  const pieces: Buffer[] = [];
  for (let at = 0; at + headerBytes <= framed.length;) {
    const end = at + headerBytes + framed.readUInt32BE(at + 4);
    pieces.push(framed.subarray(at + headerBytes, end));
    at = end;
  }
  return Buffer.concat(pieces).toString();
}
