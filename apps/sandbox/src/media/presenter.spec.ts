import { describe, expect, it } from 'vitest';
import { colourNamed } from './background-colours.js';
import type { Picture } from './png.js';
import { lookOf } from './presenter-look.js';
import { drawPresenter } from './presenter-picture.js';
import { drawMark } from './simulation-mark.js';
import { loudness } from './video-sound.js';

const plain = (width: number, height: number): Picture => ({ width, height, pixels: Buffer.alloc(width * height * 3, 200) });

describe('a simulated presenter', () => {
  it.each([['v2_public_sofia@h9ue2vbo4x', 'female'], ['anna_costume1_cameraA', 'female'], ['public_marcus_x7cm1qzr5e', 'male'], ['João', 'male'], ['avatar-woman-3', 'female']])('%s is %s', (id, gender) => {
    expect(lookOf(id).gender).toBe(gender);
  });

  it('looks the same for the same id, and different for others', () => {
    expect(lookOf('x-17')).toEqual(lookOf('x-17'));
    expect(new Set(Array.from({ length: 20 }, (_id, index) => JSON.stringify(lookOf(`person-${index}`)))).size).toBeGreaterThan(15);
  });

  it.each([[320, 180], [180, 320], [64, 64]])('stands in the middle of %s × %s, with three mouths that fit where they are cut', (width, height) => {
    const picture = plain(width, height);
    const mouths = drawPresenter(picture, lookOf('sofia'));
    const at = (x: number, y: number): string => picture.pixels.toString('hex', (y * width + x) * 3, (y * width + x) * 3 + 3);
    expect(at(Math.floor(width / 2), height - 2)).not.toBe('c8c8c8');
    expect([at(0, 0), at(width - 1, 0)]).toEqual(['c8c8c8', 'c8c8c8']);
    expect(new Set(Object.values(mouths).map(({ pixels }) => pixels.toString('base64'))).size).toBe(3);
    const { closed } = mouths;
    expect([closed.left % 2, closed.top % 2, closed.width % 2, closed.height % 2]).toEqual([0, 0, 0, 0]);
    const row = picture.pixels.subarray((closed.top * width + closed.left) * 3, (closed.top * width + closed.left + closed.width) * 3);
    expect(closed.pixels.subarray(0, closed.width * 3).equals(row)).toBe(true);
  });

  it('is marked as simulated, by the name of the vendor', () => {
    const [synthesia, dId] = ['Synthesia', 'D-ID'].map((vendor) => {
      const picture = plain(1_280, 720);
      drawMark(picture, vendor);
      return picture.pixels;
    });
    expect(synthesia?.includes(Buffer.from('ffffff', 'hex'))).toBe(true);
    expect(synthesia?.equals(dId ?? Buffer.alloc(0))).toBe(false);
  });

  it('opens its mouth for what is loud, frame by frame', async () => {
    const samples = Int16Array.from({ length: 22_050 }, (_sample, index) => (index < 11_025 ? 0 : (index % 2) * 20_000 - 10_000));
    const levels = await loudness({ samples }, [], 1_000);
    expect(levels.map((level) => Math.round(level))).toEqual([0, 0, 0, 0, 0, 1, 1, 1, 1, 1]);
    expect(await loudness({ samples: new Int16Array(3_000) }, [], 1_000)).toEqual([0]);
  });

  it.each([['#F2F7FF', [242, 247, 255]], ['#fff', [255, 255, 255]], ['off_white', [247, 245, 240]], ['toString', undefined], ['https://example.com/a.png', undefined]])('reads the colour %s', (name, colour) => {
    expect(colourNamed(name)).toEqual(colour);
  });
});
