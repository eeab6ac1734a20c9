import { describe, expect, it } from 'vitest';
import { loudnessGain, softLimit } from './loudness.js';

const tone = (amplitude: number, length: number): Int16Array => Int16Array.from({ length }, (_, index) => amplitude * Math.sin(index / 20));
const withPause = (speech: Int16Array): Int16Array => Int16Array.from([...speech, ...new Int16Array(speech.length)]);

describe('loudness', () => {
  it('brings soft and loud speech to the same level, whatever the pauses', () => {
    const soft = 1_000 * loudnessGain(tone(1_000, 22_050), 22_050);
    expect(20_000 * loudnessGain(tone(20_000, 22_050), 22_050)).toBeCloseTo(soft, -2);
    expect(1_000 * loudnessGain(withPause(tone(1_000, 22_050)), 22_050)).toBeCloseTo(soft, -2);
  });

  it('leaves silence alone and does not blow up noise', () => {
    expect(loudnessGain(new Int16Array(22_050), 22_050)).toBe(1);
    expect(loudnessGain(tone(3, 22_050), 22_050)).toBeLessThanOrEqual(8);
  });

  it('bends peaks below full scale, in order and symmetrically', () => {
    expect(softLimit(10_000)).toBe(10_000);
    expect(softLimit(-200_000)).toBe(-softLimit(200_000));
    expect(softLimit(30_000)).toBeGreaterThan(softLimit(22_000));
    expect(softLimit(1e9)).toBeLessThan(28_000);
  });
});
