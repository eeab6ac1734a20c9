import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PRESENTER_IDS } from '@tecnocursos/contracts';
import sharp from 'sharp';
import { SAMPLE_RATE } from '../video/wav.js';
import { facesOf, mouthOf, relative, SAMPLES_PER_FACE, stepOf } from './lip-sync.js';
import { LOOKS } from './looks.js';
import { MOUTHS } from './mouths.js';
import { EYES, presenterSvg } from './presenter-drawing.js';
import { SpriteSet } from './sprites.js';
import { writeSpriteTrack } from './sprite-track.js';

const tone = (amplitude: number, frequency: number): Int16Array =>
  Int16Array.from({ length: SAMPLES_PER_FACE }, (_, index) => Math.round(amplitude * Math.sin((2 * Math.PI * frequency * index) / SAMPLE_RATE)));

describe('lip sync', () => {
  it('opens the mouth with the loudness, and shuts it in silence', () => {
    const steps = relative([0, 1_500, 3_000, 6_000, 12_000, 12_000].map((amplitude) => stepOf(tone(amplitude, 800))));
    expect(steps.map(mouthOf)).toEqual(['closed', 'slit', 'small', 'middle', 'open', 'open']);
    expect(mouthOf(stepOf(tone(0, 800)))).toBe('closed');
  });

  it('shows teeth for hissing sounds, and a round mouth for dark ones', () => {
    const steps = relative([stepOf(tone(6_000, 5_000)), stepOf(tone(6_000, 250)), stepOf(tone(12_000, 800))]);
    expect(steps.map(mouthOf)).toEqual(['teeth', 'round', 'open']);
  });

  it('blinks from time to time, the same in each run', () => {
    const steps = Array.from({ length: 300 }, () => ({ loudness: 0, crossings: 0 }));
    const faces = facesOf(steps);
    expect(faces.filter(({ eyes }) => eyes === 'shut').length).toBeGreaterThan(5);
    expect(faces.filter(({ eyes }) => eyes === 'shut').length).toBeLessThan(20);
    expect(facesOf(steps)).toEqual(faces);
    expect(facesOf([])).toEqual([]);
  });
});

describe('presenters', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tecnocursos-presenter-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  it('are five, and each mouth and eye of each is a picture of its own', () => {
    const drawings = PRESENTER_IDS.flatMap((id) => MOUTHS.flatMap((mouth) => EYES.map((eyes) => presenterSvg(LOOKS[id], mouth, eyes))));
    expect(new Set(drawings).size).toBe(5 * MOUTHS.length * EYES.length);
  });

  it('stand in their frame with nothing but themselves', async () => {
    const bust = new SpriteSet('amy', { width: 200, height: 240, pose: { type: 'bust', height: 220 } }, folder, 'bust');
    const badge = new SpriteSet('amy', { width: 200, height: 240, pose: { type: 'badge', diameter: 100, x: 140, y: 180, colour: '#123456', ring: '#FFFFFF', ringWidth: 4 } }, folder, 'badge');
    for (const [set, opaque, clear] of [[bust, [100, 120], [3, 3]], [badge, [140, 180], [30, 30]]] as const) {
      const { data, info } = await sharp(await set.file({ mouth: 'closed', eyes: 'open' })).raw().toBuffer({ resolveWithObject: true });
      const alpha = ([x, y]: readonly [number, number]): number => data[(y * info.width + x) * 4 + 3] ?? 0;
      expect([info.width, info.height, alpha(opaque), alpha(clear)]).toEqual([200, 240, 255, 0]);
    }
    expect(await bust.file({ mouth: 'closed', eyes: 'open' })).toBe(await bust.file({ mouth: 'closed', eyes: 'open' }));
  });

  it('change faces on the grid, and poses exactly at the start of a slide', async () => {
    const set = (name: string): SpriteSet => new SpriteSet('sofia', { width: 60, height: 60, pose: { type: 'bust', height: 60 } }, folder, name);
    const faces = [{ mouth: 'closed', eyes: 'open' }, { mouth: 'open', eyes: 'open' }, { mouth: 'open', eyes: 'open' }] as const;
    const list = join(folder, 'track.ffconcat');
    await writeSpriteTrack([{ sprites: set('a'), startFrame: 0, frames: 3 }, { sprites: set('b'), startFrame: 3, frames: 4 }], faces, list);
    const lines = (await readFile(list, 'utf8')).trim().split('\n').slice(1).map((line) => line.replace(folder, '').replace(/^file '\/(.*)'$/, '$1'));
    expect(lines).toEqual(['a-closed-open.png', 'duration 0.080', 'a-open-open.png', 'duration 0.040', 'b-open-open.png', 'duration 0.120', 'b-closed-open.png', 'duration 0.040', 'b-closed-open.png']);
  });
});
