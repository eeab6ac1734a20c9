import { writeFile } from 'node:fs/promises';
import { FRAME_MS } from '../timeline.js';
import { FACE_MS, type Face } from './lip-sync.js';
import type { SpriteSet } from './sprites.js';

/** A stretch of the video with one set of sprites. */
export interface TrackPart {
  readonly sprites: SpriteSet;
  /** Frames of the video's grid. */
  readonly startFrame: number;
  readonly frames: number;
}

const FRAMES_PER_FACE = FACE_MS / FRAME_MS;
const SILENT: Face = { mouth: 'closed', eyes: 'open' };

/** Writes a list for ffmpeg's concat demuxer that shows faces one after the other; neighbours that are the same are one entry. */
export async function writeSpriteTrack(parts: readonly TrackPart[], faces: readonly Face[], target: string): Promise<void> {
  const entries: { path: string; frames: number }[] = [];
  for (const { sprites, startFrame, frames } of parts) {
    for (let frame = startFrame; frame < startFrame + frames; ) {
      const face = Math.floor(frame / FRAMES_PER_FACE);
      const until = Math.min((face + 1) * FRAMES_PER_FACE, startFrame + frames);
      const path = await sprites.file(faces[face] ?? SILENT);
      const last = entries.at(-1);
      if (last?.path === path) last.frames += until - frame;
      else entries.push({ path, frames: until - frame });
      frame = until;
    }
  }
  const lines = entries.flatMap(({ path, frames }) => [`file '${path.replaceAll("'", String.raw`'\''`)}'`, `duration ${((frames * FRAME_MS) / 1_000).toFixed(3)}`]);
  const last = entries.at(-1);
  // The demuxer shows the last entry for as long as it likes, unless it is named again.
  await writeFile(target, ['ffconcat version 1.0', ...lines, ...(last ? [`file '${last.path}'`] : []), ''].join('\n'));
}
