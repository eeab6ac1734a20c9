import { open, type FileHandle } from 'node:fs/promises';
import { endianness } from 'node:os';
import { AppError } from '@tecnocursos/contracts';

const HEADER_BYTES = 44;
const BYTES_PER_SAMPLE = 2;

export interface Pcm {
  /** Hertz. */
  readonly sampleRate: number;
  /** Mono, 16 bits. */
  readonly samples: Int16Array;
}

/**
 * Reads mono 16-bit PCM. A program that writes to a pipe cannot know the length beforehand and leaves a made-up one in the
 * header, so the data reach to the end of the bytes when the header says more.
 * @throws AppError `engine_failed` when the bytes are of another kind.
 */
export function readWav(bytes: Buffer): Pcm {
  const isWave = bytes.length >= 12 && bytes.toString('latin1', 0, 4) === 'RIFF' && bytes.toString('latin1', 8, 12) === 'WAVE';
  if (!isWave) throw new AppError('engine_failed', 'The speech engine wrote something other than WAV audio.');
  let sampleRate = 0;
  for (let offset = 12; offset + 8 <= bytes.length; ) {
    const name = bytes.toString('latin1', offset, offset + 4);
    const size = bytes.readUInt32LE(offset + 4);
    const start = offset + 8;
    if (name === 'data') return { sampleRate, samples: toSamples(bytes.subarray(start, Math.min(bytes.length, start + size))) };
    if (name === 'fmt ' && start + 16 <= bytes.length) {
      if (bytes.readUInt16LE(start + 2) !== 1 || bytes.readUInt16LE(start + 14) !== 16) throw new AppError('engine_failed', 'The speech engine wrote audio that is not mono with 16 bits.');
      sampleRate = bytes.readUInt32LE(start + 4);
    }
    offset = start + size + (size % 2);
  }
  throw new AppError('engine_failed', 'The speech engine wrote no audio.');
}

/** Mono 16-bit samples of little-endian bytes; half a sample at the end is left out. */
export function toSamples(data: Buffer): Int16Array {
  const aligned = new Uint8Array(data.length - (data.length % BYTES_PER_SAMPLE));
  aligned.set(data.subarray(0, aligned.length));
  if (endianness() === 'BE') Buffer.from(aligned.buffer).swap16();
  return new Int16Array(aligned.buffer);
}

/** Writes a WAV file piece by piece, so that memory does not grow with its length. */
export class WavWriter {
  private samplesWritten = 0;

  private constructor(
    private readonly file: FileHandle,
    private readonly sampleRate: number,
  ) {}

  static async create(path: string, sampleRate: number): Promise<WavWriter> {
    const file = await open(path, 'wx');
    await file.write(wavHeader(sampleRate, 0));
    return new WavWriter(file, sampleRate);
  }

  get sampleCount(): number {
    return this.samplesWritten;
  }

  async append(samples: Int16Array): Promise<void> {
    this.samplesWritten += samples.length;
    const bytes = Buffer.from(samples.buffer, samples.byteOffset, samples.byteLength);
    await this.file.write(endianness() === 'BE' ? Buffer.from(bytes).swap16() : bytes);
  }

  /** Completes the header and closes the file. */
  async close(): Promise<void> {
    try {
      await this.file.write(wavHeader(this.sampleRate, this.samplesWritten), 0, HEADER_BYTES, 0);
    } finally {
      await this.file.close();
    }
  }
}

function wavHeader(sampleRate: number, sampleCount: number): Buffer {
  const dataBytes = sampleCount * BYTES_PER_SAMPLE;
  const header = Buffer.alloc(HEADER_BYTES);
  header.write('RIFF', 0, 'latin1');
  header.writeUInt32LE(HEADER_BYTES - 8 + dataBytes, 4);
  header.write('WAVEfmt ', 8, 'latin1');
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20); // PCM
  header.writeUInt16LE(1, 22); // channels
  header.writeUInt32LE(sampleRate, 24);
  header.writeUInt32LE(sampleRate * BYTES_PER_SAMPLE, 28);
  header.writeUInt16LE(BYTES_PER_SAMPLE, 32);
  header.writeUInt16LE(16, 34); // bits per sample
  header.write('data', 36, 'latin1');
  header.writeUInt32LE(dataBytes, 40);
  return header;
}
