import { describe, expect, it } from 'vitest';
import { endMs, SAMPLES_PER_FRAME, slideSpans, startMs } from './timeline.js';

describe('slideSpans', () => {
  it('keeps to the grid over sixty odd lengths: no drift, no gap, room for the pause', () => {
    const samples = Array.from({ length: 60 }, (_, index) => 220_501 + index * 7_919);
    const spans = slideSpans(samples);
    spans.forEach((span, index) => {
      const room = span.frames * SAMPLES_PER_FRAME - (samples[index] ?? 0);
      expect(room).toBeGreaterThanOrEqual(0.24 * 22_050);
      expect(room).toBeLessThan(0.28 * 22_050 + 1);
      expect(Number.isInteger(startMs(span))).toBe(true);
      expect(startMs(span)).toBe(index === 0 ? 0 : endMs(spans[index - 1] ?? span));
    });
  });
});
