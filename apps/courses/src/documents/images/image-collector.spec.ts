import { describe, expect, it } from 'vitest';
import sharp from 'sharp';
import { picture } from '../testing/files.fixture.js';
import { ImageCollector } from './image-collector.js';

describe('image collector', () => {
  it('encodes anew: no metadata, upright, at most 1,600 pixels a side', async () => {
    const photo = await sharp({ create: { width: 3_000, height: 1_500, channels: 3, background: '#345' } })
      .withExif({ IFD0: { Copyright: 'Ana' } })
      .withMetadata({ orientation: 6 })
      .jpeg()
      .toBuffer();
    const collector = new ImageCollector();
    const id = await collector.add({ bytes: photo });
    const [image] = collector.referencedBy(new Set([id ?? '']));
    expect(image).toMatchObject({ id: 'image-1', contentType: 'image/jpeg', width: 800, height: 1_600 });
    const { exif, orientation } = await sharp(image?.bytes).metadata();
    expect(exif).toBeUndefined();
    expect(orientation).toBeUndefined();
  });

  it('keeps one copy of a picture that is used twice', async () => {
    const collector = new ImageCollector();
    const bytes = await picture();
    expect(await collector.add({ bytes })).toBe('image-1');
    expect(await collector.add({ bytes })).toBe('image-1');
    expect(await collector.add({ bytes: await picture({ background: 'red' }) })).toBe('image-2');
  });

  it('leaves out ornaments without a word', async () => {
    const collector = new ImageCollector();
    expect(await collector.add({ bytes: await picture({ width: 16, height: 16 }) })).toBeUndefined();
    expect(collector.warnings).toEqual([]);
  });

  it('leaves out pixel bombs, vector formats and damaged files with a warning', async () => {
    const collector = new ImageCollector();
    const bomb = await sharp({ create: { width: 8_000, height: 6_000, channels: 3, background: 'red' } }).png().toBuffer();
    expect(await collector.add({ bytes: bomb })).toBeUndefined();
    expect(await collector.add({ bytes: Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="90" height="90"/>') })).toBeUndefined();
    expect(await collector.add({ bytes: (await picture()).subarray(0, 120) })).toBeUndefined();
    expect(await collector.add({ bytes: Buffer.from('no picture at all') })).toBeUndefined();
    expect(collector.warnings).toEqual([
      'A picture of 8000 × 6000 pixels was left out: it is too large.',
      'A picture of the format SVG was left out.',
      'A picture could not be read and was left out.',
    ]);
  });

  it('keeps 200 pictures at most', async () => {
    const collector = new ImageCollector();
    const pixels = { width: 40, height: 40, channels: 1 } as const;
    for (let index = 0; index <= 200; index += 1) await collector.add({ bytes: new Uint8Array(1_600).fill(index), pixels });
    expect(await collector.add({ bytes: await picture() })).toBeUndefined();
    expect(collector.warnings).toEqual(['Only the first 200 pictures were kept.']);
  });
});
