import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import type { SandboxFault } from '@tecnocursos/contracts';
import type { Clock } from './clock.js';
import type { WireAnswer } from './wire-answer.js';

/** Bytes that an endless answer ends after, by cutting the connection. */
const ENDLESS_LIMIT_BYTES = 64 * 1024 * 1024;
const ENDLESS_CHUNK_BYTES = 64 * 1024;
const ENDLESS_PAUSE_MS = 5;
const LORIS_INTERVAL_MS = 1_000;
const JSON_CUT = 0.6;

export interface WriteOptions {
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** Sees each part of a body as it is written. */
  readonly onPart: (part: string | Buffer) => void;
}

/** Sends a whole answer in one write. */
export function writeWhole(response: ServerResponse, { status, headers, payload }: WireAnswer): void {
  response.writeHead(status, headers);
  response.end(payload);
}

type Writer = (response: ServerResponse, answer: WireAnswer, options: WriteOptions) => Promise<void>;

/** Faults that happen to the bytes of a good answer. */
const WRITERS: Partial<Record<SandboxFault, Writer>> = {
  truncated_body: writeTruncated,
  malformed_json: writeMalformed,
  slow_loris: writeSlowly,
  endless_stream: writeEndlessly,
};

export const happensToBytes = (fault: SandboxFault): boolean => fault in WRITERS;

/** Sends an answer as the fault wants it. Rejects when the client goes away; the connection may be cut when it resolves. */
export async function writeAnswer(response: ServerResponse, answer: WireAnswer, fault: SandboxFault | undefined, options: WriteOptions): Promise<void> {
  const writer = fault === undefined ? undefined : WRITERS[fault];
  if (writer) await writer(response, answer, options);
  else await writeParts(response, answer, partsOf(answer), options);
}

async function* partsOf({ payload, stream }: WireAnswer): AsyncGenerator<string | Buffer> {
  if (stream) yield* stream;
  else if (payload.length > 0) yield payload;
}

async function writeParts(response: ServerResponse, { status, headers }: WireAnswer, parts: AsyncIterable<string | Buffer>, options: WriteOptions): Promise<void> {
  response.writeHead(status, headers);
  for await (const part of parts) await write(response, part, options);
  response.end();
}

async function write(response: ServerResponse, part: string | Buffer, { signal, onPart }: WriteOptions): Promise<void> {
  signal.throwIfAborted();
  onPart(part);
  if (!response.write(part)) await once(response, 'drain', { signal });
}

/** Promises the whole length, sends half of it. A stream ends after its second part. */
async function writeTruncated(response: ServerResponse, answer: WireAnswer, options: WriteOptions): Promise<void> {
  response.writeHead(answer.status, answer.headers);
  let written = 0;
  for await (const part of partsOf(answer)) {
    const bytes = Buffer.from(part);
    await write(response, answer.stream && written === 0 ? bytes : bytes.subarray(0, bytes.length >> 1), options);
    written += 1;
    if (written === 2) break;
  }
  await new Promise<void>((resolve) => {
    response.write('', () => resolve());
    setImmediate(resolve);
  });
  response.socket?.destroySoon();
}

/** Cuts the JSON text and ends the answer as if all were well. A stream's second event is cut, and it is the last. */
async function writeMalformed(response: ServerResponse, answer: WireAnswer, options: WriteOptions): Promise<void> {
  if (answer.stream) return writeParts(response, answer, brokenEvents(answer.stream), options);
  const whole = Buffer.from(answer.payload);
  const cut = whole.subarray(0, Math.floor(whole.length * JSON_CUT));
  options.onPart(cut);
  writeWhole(response, { ...answer, payload: cut, headers: { ...answer.headers, 'content-length': String(cut.length) } });
}

async function* brokenEvents(stream: AsyncIterable<string | Buffer>): AsyncGenerator<string | Buffer> {
  let seen = 0;
  for await (const part of stream) {
    seen += 1;
    if (seen === 1) {
      yield part;
      continue;
    }
    const text = part.toString();
    yield `${text.slice(0, Math.max(1, Math.floor(text.length * JSON_CUT)))}\n\n`;
    return;
  }
}

async function writeSlowly(response: ServerResponse, answer: WireAnswer, options: WriteOptions): Promise<void> {
  response.writeHead(answer.status, answer.headers);
  response.flushHeaders();
  for await (const part of partsOf(answer)) {
    for (const byte of Buffer.from(part)) {
      await options.clock.wait(LORIS_INTERVAL_MS, options.signal);
      await write(response, Buffer.of(byte), options);
    }
  }
  response.end();
}

/** Repeats a stream's third event for ever, or white space before a JSON text: well-formed as far as it goes, and without an end. */
async function writeEndlessly(response: ServerResponse, answer: WireAnswer, options: WriteOptions): Promise<void> {
  const { 'content-length': _length, ...headers } = answer.headers;
  response.writeHead(answer.status, headers);
  let repeated: string | Buffer = ' ';
  let seen = 0;
  for await (const part of answer.stream ?? []) {
    await write(response, part, options);
    repeated = part;
    seen += 1;
    if (seen === 3) break;
  }
  const chunk = Buffer.concat(new Array<Buffer>(Math.ceil(ENDLESS_CHUNK_BYTES / repeated.length)).fill(Buffer.from(repeated)));
  for (let sent = 0; sent < ENDLESS_LIMIT_BYTES; sent += chunk.length) {
    await write(response, chunk, options);
    await options.clock.wait(ENDLESS_PAUSE_MS, options.signal);
  }
  response.socket?.destroy();
}
