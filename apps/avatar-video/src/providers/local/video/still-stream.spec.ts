import { describe, expect, it } from 'vitest';
import { runProgram } from '@tecnocursos/engines';
import { BitReader, BitWriter } from './bits.js';
import { NAL, nalKind, readParameters, repeatPicture, splitStream } from './h264.js';
import { extendStills } from './still-stream.js';

const WIDTH = 320;
const HEIGHT = 192;

/** Two noisy stills as keyframes, as the renderer has them encoded. */
async function stillsStream(...parameters: string[]): Promise<Buffer> {
  const pixels = Buffer.alloc(WIDTH * HEIGHT * 4 * 2, 0xff);
  let state = 1;
  for (let index = 0; index < pixels.length; index++) pixels[index] = (state = (state * 48_271) % 2_147_483_647) % 256;
  const { stdout } = await runProgram('ffmpeg', [
    '-v', 'error', '-f', 'rawvideo', '-pix_fmt', 'rgba', '-s', `${WIDTH}x${HEIGHT}`, '-framerate', '25', '-i', '-', '-pix_fmt', 'yuv420p', '-c:v', 'libx264', '-profile:v', 'high',
    '-forced-idr', '1', '-force_key_frames', 'expr:1', '-x264-params', ['bframes=0:ref=1:weightp=0:repeat-headers=1', ...parameters].join(':'), '-f', 'h264', '-',
  ], { input: pixels });
  return stdout;
}

describe('bits', () => {
  it('reads what it writes', () => {
    const numbers = [0, 1, 2, 3, 7, 8, 254, 255, 3_599, 65_535];
    const writer = new BitWriter();
    for (const number of numbers) writer.unsigned(number).bits(number % 16, 4);
    const reader = new BitReader(writer.bytes());
    for (const number of numbers) expect([reader.unsigned(), reader.bits(4)]).toEqual([number, number % 16]);
    expect(() => reader.bits(16)).toThrow('No bits left');
  });

  it('reads signed codes as table 9-3 has them', () => {
    const writer = new BitWriter();
    for (const code of [0, 1, 2, 3, 4]) writer.unsigned(code);
    const reader = new BitReader(writer.bytes());
    expect([0, 1, 2, 3, 4].map(() => reader.signed() + 0)).toEqual([0, 1, -1, 2, -2]);
  });
});

describe('extendStills', () => {
  it('makes a stream that a strict decoder takes, in which each still lasts its frames, bit by bit the same', async () => {
    const stream = Buffer.concat(extendStills(await stillsStream('cabac=0'), [600, 3]));
    const { stdout, stderr } = await runProgram('ffmpeg', ['-v', 'warning', '-err_detect', 'explode', '-f', 'h264', '-framerate', '25', '-i', '-', '-f', 'framemd5', '-'], { input: stream });
    expect(stderr).toBe('');
    const pictures = stdout.toString('utf8').split('\n').filter((line) => line !== '' && !line.startsWith('#')).map((line) => line.split(',').at(-1)?.trim());
    expect(pictures).toHaveLength(603);
    expect(new Set(pictures.slice(0, 600)).size).toBe(1);
    expect(new Set(pictures.slice(600)).size).toBe(1);
    expect(new Set(pictures).size).toBe(2);
  });

  it('puts a keyframe at each start and every ten seconds', async () => {
    const kinds = splitStream(Buffer.concat(extendStills(await stillsStream('cabac=0'), [501, 2]))).map(nalKind).filter((kind) => kind === NAL.idr || kind === NAL.slice);
    expect(kinds.flatMap((kind, index) => (kind === NAL.idr ? [index] : []))).toEqual([0, 250, 500, 501]);
    expect(kinds).toHaveLength(503);
  });

  it('refuses a stream that it does not understand, rather than break the picture', async () => {
    const cabac = await stillsStream('cabac=1');
    expect(() => extendStills(cabac, [1, 1])).toThrow('entropy coding');
    const stills = await stillsStream('cabac=0');
    expect(() => extendStills(stills, [1])).toThrow('2 stills, not 1');
    expect(() => extendStills(Buffer.from('nothing'), [1])).toThrow('no parameters');
  });
});

describe('repeatPicture', () => {
  it('never looks like a start code', async () => {
    const nals = splitStream(await stillsStream('cabac=0'));
    const find = (kind: number): Buffer => nals.find((nal) => nalKind(nal) === kind) ?? Buffer.alloc(0);
    const parameters = { ...readParameters(find(NAL.sequenceParameters), find(NAL.pictureParameters)), frameNumberBits: 16 };
    expect(parameters.macroblocks).toBe((WIDTH / 16) * (HEIGHT / 16));
    for (const count of [1, 2, 255, 256, 4_096, 65_535, 65_536]) {
      const bytes = Buffer.from(repeatPicture(parameters, count));
      expect(bytes.length).toBeLessThan(16);
      for (const forbidden of ['000000', '000001', '000002']) expect(bytes.indexOf(forbidden, 0, 'hex')).toBe(-1);
    }
  });
});
