import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { toneWav, wavHeader } from '../sound.fixture.js';
import { findSamples } from './wav.js';

describe('findSamples', () => {
  let folder = '';
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tecnocursos-wav-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  const find = async (bytes: Buffer) => {
    const path = join(folder, 'sound.wav');
    await writeFile(path, bytes);
    return findSamples(path);
  };

  it('finds the samples of our format, behind chunks it does not know', async () => {
    const wav = toneWav({ seconds: 0.5 });
    expect(await find(wav)).toEqual({ start: 44, samples: 11_025 });
    const list = Buffer.from('LIST\x03\x00\x00\x00abc\x00', 'latin1');
    expect(await find(Buffer.concat([wav.subarray(0, 36), list, wav.subarray(36)]))).toEqual({ start: 56, samples: 11_025 });
  });

  it('counts what the file has when its header claims more', async () => {
    expect(await find(Buffer.concat([wavHeader(0xffff_ffff), Buffer.alloc(1_000)]))).toEqual({ start: 44, samples: 500 });
  });

  it.each([
    ['another rate', toneWav({ seconds: 0.1, sampleRate: 44_100 })],
    ['two channels', toneWav({ seconds: 0.1, channels: 2 })],
    ['no samples', wavHeader(0)],
    ['an empty file', Buffer.alloc(0)],
    ['a text', Buffer.from('not a sound at all, only a text that is long enough')],
    ['a cut header', toneWav({ seconds: 0.1 }).subarray(0, 30)],
  ])('refuses %s', async (_name, bytes) => {
    expect(await find(bytes)).toBeUndefined();
  });
});
