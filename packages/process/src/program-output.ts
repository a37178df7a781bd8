import { closeSync } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Socket } from "node:net";
import type { Writable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { StringDecoder } from "node:string_decoder";
import { setTimeout as sleep } from "node:timers/promises";
import { makeFifos, openFifo } from "./fifo.ts";
import { notWritable } from "./not-writable.ts";
import { OutputTail } from "./output-tail.ts";

const tailBytes = 64 * 1024;
/** How long nothing may come when all processes that can be found have ended, before nothing more is expected. */
const lastOutputMs = 500;
const lookMs = 25;

export interface OutputRequest {
  /** Absolute; written anew, with all of the output. */
  readonly logFile: string;
  /** Where standard output goes instead; ended when the program's output ends. Undefined: with standard error, in the order written. */
  readonly stdout?: Writable | undefined;
  /** Called with each piece of the output as it comes. */
  readonly onOutput?: ((text: string) => void) | undefined;
}

/** The outputs of one program while it runs: pipes to hand to it, a log, and the end of the log in memory. */
export class ProgramOutput implements AsyncDisposable {
  readonly #request: OutputRequest;
  readonly #log: FileHandle;
  readonly #tail = new OutputTail(tailBytes);
  readonly #decoder = new StringDecoder("utf8");
  readonly #readers: Socket[] = [];
  readonly #writeFds: number[] = [];
  #copies: Promise<unknown> = Promise.resolve();
  #cut = false;
  /** Pieces that were read and that the log or `stdout` has not taken yet: who is slow to take them must not lose those behind them. */
  #untaken = 0;
  #lastRead = 0;

  private constructor(request: OutputRequest, log: FileHandle) {
    this.#request = request;
    this.#log = log;
  }

  /** DIRECTORY_NOT_WRITABLE where the log cannot be written. */
  static async open(request: OutputRequest): Promise<ProgramOutput> {
    const log = await open(request.logFile, "w").catch((error: unknown) => Promise.reject(notWritable(request.logFile, error)));
    await using stack = new AsyncDisposableStack();
    const output = stack.use(new ProgramOutput(request, log));
    await output.#openPipes();
    stack.move();
    return output;
  }

  /** Standard input, output and error of the program. */
  get stdio(): ["ignore", number, number] {
    const [error, output] = this.#writeFds;
    if (error === undefined) throw new Error("the pipes have been handed over already");
    return ["ignore", output ?? error, error];
  }

  /** Reads, now that the program holds the pipes. Resolves when it stops to write; rejects when the log or `stdout` cannot take it. */
  read(): Promise<unknown> {
    for (const fd of this.#writeFds.splice(0)) closeSync(fd);
    const [error, output] = this.#readers;
    const copies = error === undefined ? [] : [this.#copyToLog(error)];
    if (output !== undefined && this.#request.stdout !== undefined) copies.push(pipeline(this.#chunks(output), this.#request.stdout));
    this.#copies = Promise.all(copies);
    return this.#copies;
  }

  /** The end of the output, when all of it has come: what nobody may be found to write any more is not waited for. Rejects as `read` does. */
  async complete(): Promise<string> {
    const ended = this.#copies.then(() => true);
    this.#lastRead = performance.now();
    while (this.#untaken > 0 || performance.now() - this.#lastRead < lastOutputMs)
      if (await Promise.race([ended, sleep(lookMs, false, { ref: false })])) break;
    this.#cut = true;
    for (const reader of this.#readers) reader.destroy();
    await this.#copies;
    return this.#tail.text();
  }

  /** A line of our own in the output. */
  async note(text: string): Promise<void> {
    await this.#keep(Buffer.from(`${text}\n`));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const fd of this.#writeFds.splice(0)) closeSync(fd);
    for (const reader of this.#readers) reader.destroy();
    await this.#log.close();
  }

  async #openPipes(): Promise<void> {
    const { logFile, stdout } = this.#request;
    const path = join(dirname(logFile), `.${process.pid}-${crypto.randomUUID()}`);
    const paths = [`${path}.err`, ...(stdout === undefined ? [] : [`${path}.out`])] as const;
    await makeFifos(paths);
    for (const each of paths) {
      const { reader, writeFd } = openFifo(each);
      this.#readers.push(reader);
      this.#writeFds.push(writeFd);
    }
  }

  async *#chunks(reader: Socket): AsyncGenerator<Buffer> {
    try {
      for await (const chunk of reader) {
        this.#untaken += 1;
        yield chunk as Buffer;
        this.#untaken -= 1;
        this.#lastRead = performance.now();
      }
    } catch (error) {
      if (!this.#cut) throw error;
    }
  }

  async #copyToLog(reader: Socket): Promise<void> {
    for await (const chunk of this.#chunks(reader)) await this.#keep(chunk);
  }

  async #keep(chunk: Buffer): Promise<void> {
    const { logFile, onOutput } = this.#request;
    this.#tail.push(chunk);
    onOutput?.(this.#decoder.write(chunk));
    await this.#log.appendFile(chunk).catch((error: unknown) => Promise.reject(notWritable(logFile, error)));
  }
}
