import { open, type FileHandle } from 'node:fs/promises';

/** The sound of a lesson: 16-bit PCM, one channel, at this rate. */
export const SAMPLE_RATE = 22_050;
export const BYTES_PER_SAMPLE = 2;

/** Where the samples of a WAV file are. */
export interface WavSamples {
  /** Byte at which they begin. */
  start: number;
  samples: number;
}

const RIFF_HEADER = 12;
const CHUNK_HEADER = 8;
const PCM = 1;
const EXTENSIBLE = 0xfffe;
/** Chunks before the samples are few; more of them mean that this is no WAV file. */
const MAX_CHUNKS = 64;

/** Finds the samples of a WAV file that is 16-bit PCM, mono, 22,050 Hz; undefined for any other file. */
export async function findSamples(path: string): Promise<WavSamples | undefined> {
  const file = await open(path, 'r');
  try {
    const { size } = await file.stat();
    return await findInFile(file, size);
  } finally {
    await file.close();
  }
}

async function findInFile(file: FileHandle, fileSize: number): Promise<WavSamples | undefined> {
  const riff = await readBytes(file, 0, RIFF_HEADER);
  if (riff?.toString('latin1', 0, 4) !== 'RIFF' || riff.toString('latin1', 8, 12) !== 'WAVE') return undefined;
  let position = RIFF_HEADER;
  let formatFits = false;
  for (let count = 0; count < MAX_CHUNKS; count++) {
    const header = await readBytes(file, position, CHUNK_HEADER);
    if (!header) return undefined;
    const name = header.toString('latin1', 0, 4);
    const size = header.readUInt32LE(4);
    const start = position + CHUNK_HEADER;
    if (name === 'fmt ') formatFits = isOurFormat(await readBytes(file, start, 16));
    if (name === 'data') return formatFits ? samplesIn(start, Math.min(size, fileSize - start)) : undefined;
    position = start + size + (size % 2);
  }
  return undefined;
}

/** A program that writes to a pipe leaves a huge size in the header: what counts is what the file has. */
function samplesIn(start: number, bytes: number): WavSamples | undefined {
  const samples = Math.floor(bytes / BYTES_PER_SAMPLE);
  return samples > 0 ? { start, samples } : undefined;
}

function isOurFormat(format: Buffer | undefined): boolean {
  if (!format) return false;
  const coding = format.readUInt16LE(0);
  return (coding === PCM || coding === EXTENSIBLE) && format.readUInt16LE(2) === 1 && format.readUInt32LE(4) === SAMPLE_RATE && format.readUInt16LE(14) === 16;
}

async function readBytes(file: FileHandle, position: number, length: number): Promise<Buffer | undefined> {
  const { bytesRead, buffer } = await file.read(Buffer.alloc(length), 0, length, position);
  return bytesRead === length ? buffer : undefined;
}
