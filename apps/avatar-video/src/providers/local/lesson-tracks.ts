import { open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { drawSlides } from './slide-frames.js';
import { frameBytes, type Canvas } from './slides/canvas.js';
import type { SlidePool } from './slides/slide-pool.js';
import type { SlideToDraw } from './slides/slide-scene.js';
import type { SlideSpan } from './timeline.js';
import { together } from './together.js';
import { encodeAudio, encodeStills } from './video/encode.js';
import { encodeClip } from './video/encode-clip.js';
import { joinNarrations, type Narration } from './video/narration.js';

/** Slides whose pixels lie on the disk at a time, twice: 3.7 MB each. */
const PART_SLIDES = 12;
const POSTER_QUALITY = 85;

export interface AudioTrack {
  /** AAC. */
  path: string;
  /** The same as bare samples. */
  samplesPath: string;
}

export async function makeAudio(narrations: readonly Narration[], spans: readonly SlideSpan[], folder: string, signal: AbortSignal): Promise<AudioTrack> {
  const samples = join(folder, 'narration.pcm');
  const encoded = join(folder, 'narration.m4a');
  await joinNarrations(narrations, spans, samples, signal);
  await encodeAudio(samples, encoded, signal);
  return { path: encoded, samplesPath: samples };
}

export interface VideoTrack {
  /** H.264 byte stream. */
  streamPath: string;
  posterPath: string;
  warnings: string[];
}

interface Part {
  slides: SlideToDraw[];
  spans: SlideSpan[];
  pixels: string;
  /** Paths of clips by the place of their slide in this part. */
  clips: ReadonlyMap<number, string>;
}

/** What is shown: slides with their spans, and clips that stand in place of slides, by index. */
export interface Shown {
  readonly slides: readonly SlideToDraw[];
  readonly spans: readonly SlideSpan[];
  readonly clips: ReadonlyMap<number, string>;
}

/** Draws and encodes in parts: while one part is drawn, the part before it is encoded. */
export async function makeVideo(shown: Shown, canvas: Canvas, pool: SlidePool, folder: string, signal: AbortSignal): Promise<VideoTrack> {
  const parts = partsOf(shown, folder);
  const streamPath = join(folder, 'video.h264');
  const posterPath = join(folder, 'poster.jpg');
  const warnings: string[] = [];
  for (let index = 0; index <= parts.length; index++) {
    const [drawn] = await together<[string[], void]>(signal, [drawing(parts[index], canvas, pool), encoding(parts[index - 1], canvas, streamPath)]);
    warnings.push(...drawn);
    const first = parts[0];
    if (index === 0 && first) await writePoster(first.pixels, canvas, posterPath);
  }
  return { streamPath, posterPath, warnings };
}

function partsOf({ slides, spans, clips }: Shown, folder: string): Part[] {
  return Array.from({ length: Math.ceil(slides.length / PART_SLIDES) }, (_, index) => {
    const from = index * PART_SLIDES;
    return {
      slides: slides.slice(from, from + PART_SLIDES),
      spans: spans.slice(from, from + PART_SLIDES),
      pixels: join(folder, `stills-${index}.rgba`),
      clips: new Map([...clips].filter(([slide]) => slide >= from && slide < from + PART_SLIDES).map(([slide, path]) => [slide - from, path])),
    };
  });
}

const drawing = (part: Part | undefined, canvas: Canvas, pool: SlidePool) => async (signal: AbortSignal): Promise<string[]> =>
  part ? drawSlides(part.slides, canvas, part.pixels, pool, signal) : [];

const encoding = (part: Part | undefined, canvas: Canvas, streamPath: string) => async (signal: AbortSignal): Promise<void> => {
  if (!part) return;
  const clips = await Promise.all([...part.clips].map(async ([index, path]) => [index, await encodeClip(path, canvas, part.spans[index]?.frames ?? 1, signal)] as const));
  await encodeStills(part.pixels, canvas, part.spans.map(({ frames }) => frames), streamPath, signal, new Map(clips));
  await rm(part.pixels);
};

/** The first slide; colours in full resolution, for the edges of letters. */
async function writePoster(pixels: string, canvas: Canvas, target: string): Promise<void> {
  const file = await open(pixels, 'r');
  try {
    const { buffer } = await file.read(Buffer.alloc(frameBytes(canvas)), 0, frameBytes(canvas), 0);
    await sharp(buffer, { raw: { width: canvas.width, height: canvas.height, channels: 4 } })
      .removeAlpha()
      .jpeg({ quality: POSTER_QUALITY, chromaSubsampling: '4:4:4' })
      .toFile(target);
  } finally {
    await file.close();
  }
}
