import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import { AppError, type ErrorCode } from '@tecnocursos/contracts';
import sharp from 'sharp';
import type { DocumentReader, ReadDocument } from '../document-reader.port.js';
import { FormatDocumentReader } from '../format-document-reader.js';

/** Runs something with a file that exists for as long. */
export async function withFile<Result>(content: string | Uint8Array, use: (path: string) => Promise<Result>): Promise<Result> {
  const folder = await mkdtemp(join(tmpdir(), 'tecnocursos-document-'));
  try {
    const path = join(folder, 'document');
    await writeFile(path, content);
    return await use(path);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

export function readContent(content: string | Uint8Array, fileName = 'aula.bin', reader: DocumentReader = new FormatDocumentReader()): Promise<ReadDocument> {
  return withFile(content, (path) => reader.read(path, { fileName }));
}

/** Expects a refusal with a code and with a remedy for the field `file`; returns it. */
export async function expectRefusal(reading: Promise<unknown>, code: ErrorCode): Promise<AppError> {
  const error: unknown = await reading.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(AppError);
  const refusal = error as AppError;
  expect(refusal.code).toBe(code);
  expect(refusal.issues).toEqual([{ field: 'file', message: expect.stringMatching(/\w+ .+\./) }]);
  return refusal;
}

/** A picture of one colour, large enough to be kept. */
export async function picture(options: { width?: number; height?: number; background?: string; format?: 'png' | 'jpeg' } = {}): Promise<Buffer> {
  const { width = 120, height = 80, background = '#1e78c8', format = 'png' } = options;
  return sharp({ create: { width, height, channels: 3, background } }).toFormat(format).toBuffer();
}
