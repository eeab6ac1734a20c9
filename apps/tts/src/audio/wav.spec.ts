import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readWav, WavWriter } from './wav.js';

async function written(...pieces: number[][]): Promise<Buffer> {
  const folder = await mkdtemp(join(tmpdir(), 'wav-spec-'));
  try {
    const path = join(folder, 'a.wav');
    const writer = await WavWriter.create(path, 22_050);
    for (const piece of pieces) await writer.append(Int16Array.from(piece));
    await writer.close();
    return await readFile(path);
  } finally {
    await rm(folder, { recursive: true });
  }
}

describe('WAV', () => {
  it('reads what was written piece by piece', async () => {
    const bytes = await written([1, -2, 32_767], [], [-32_768]);
    expect(readWav(bytes)).toEqual({ sampleRate: 22_050, samples: Int16Array.from([1, -2, 32_767, -32_768]) });
    expect(bytes.readUInt32LE(4)).toBe(bytes.length - 8);
  });

  it('reads to the end when the header claims more, and skips other chunks and half a sample', async () => {
    const plain = await written([5, 6]);
    plain.writeUInt32LE(0x7fff_f000, 40);
    const note = Buffer.from('LIST\x03\0\0\0abc\0', 'latin1');
    const bytes = Buffer.concat([plain.subarray(0, 36), note, plain.subarray(36), Buffer.from([1])]);
    expect(readWav(bytes).samples).toEqual(Int16Array.from([5, 6]));
  });

  it('refuses anything else', async () => {
    const stereo = await written([1]);
    stereo.writeUInt16LE(2, 34);
    for (const bytes of [Buffer.alloc(0), Buffer.from('Error: no voice'), stereo, (await written([1])).subarray(0, 36)]) {
      expect(() => readWav(bytes)).toThrow(expect.objectContaining({ code: 'engine_failed' }));
    }
  });
});
