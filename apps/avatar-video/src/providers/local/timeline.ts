import { SAMPLE_RATE } from './video/wav.js';

/** Slides begin on this grid, so that picture and sound never drift: 40 ms are 882 samples at 22,050 Hz. */
export const FRAME_RATE = 25;
export const FRAME_MS = 1_000 / FRAME_RATE;
export const SAMPLES_PER_FRAME = SAMPLE_RATE / FRAME_RATE;
/** Silence after the narration of each slide, at the least. */
const PAUSE_MS = 240;

export interface SlideSpan {
  /** Frames of the grid from the start of the video. */
  startFrame: number;
  frames: number;
}

/** Spans of slides whose narrations have so many samples. The narration starts with its slide; the pause comes after it. */
export function slideSpans(narrationSamples: readonly number[]): SlideSpan[] {
  let startFrame = 0;
  return narrationSamples.map((samples) => {
    const frames = Math.ceil(samples / SAMPLES_PER_FRAME + PAUSE_MS / FRAME_MS);
    const span = { startFrame, frames };
    startFrame += frames;
    return span;
  });
}

export const startMs = ({ startFrame }: SlideSpan): number => startFrame * FRAME_MS;
export const endMs = ({ startFrame, frames }: SlideSpan): number => (startFrame + frames) * FRAME_MS;
