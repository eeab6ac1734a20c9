import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Chapter, Language } from '@tecnocursos/contracts';
import { runProgram } from '@tecnocursos/engines';
import { FRAME_RATE } from '../timeline.js';

export interface ContainerParts {
  /** H.264 byte stream of the constant frame rate. */
  videoPath: string;
  audioPath: string;
  title: string;
  album: string;
  language: Language;
  chapters: readonly Chapter[];
}

/** ISO 639-2, as MP4 wants it. */
const TRACK_LANGUAGE: Readonly<Record<Language, string>> = { 'pt-BR': 'por', en: 'eng' };

/** Joins picture and sound in one MP4 without encoding anything again; the index goes to the front, so that playing begins at once. */
export async function writeContainer(parts: ContainerParts, folder: string, target: string, signal: AbortSignal): Promise<void> {
  const metadata = join(folder, 'metadata.txt');
  await writeFile(metadata, metadataText(parts));
  const language = TRACK_LANGUAGE[parts.language];
  await runProgram('ffmpeg', [
    '-v', 'error', '-nostdin', '-y', '-f', 'h264', '-framerate', String(FRAME_RATE), '-i', parts.videoPath, '-i', parts.audioPath, '-f', 'ffmetadata', '-i', metadata,
    '-map', '0:v:0', '-map', '1:a:0', '-map_metadata', '2', '-map_chapters', '2', '-c', 'copy',
    '-metadata:s:v:0', `language=${language}`, '-metadata:s:a:0', `language=${language}`,
    '-video_track_timescale', '90000', '-movflags', '+faststart', target,
  ], { signal });
}

/** ffmpeg documentation, "Metadata": `=`, `;`, `#`, `\` and line ends are escaped by a backslash. */
const escaped = (text: string): string => text.replace(/[\u0000-\u0008\u000B-\u001F]/g, ' ').replace(/[=;#\\\n]/g, String.raw`\$&`);

export function metadataText({ title, album, language, chapters }: ContainerParts): string {
  const marks = chapters.flatMap((chapter) => ['[CHAPTER]', 'TIMEBASE=1/1000', `START=${chapter.start_ms}`, `END=${chapter.end_ms}`, `title=${escaped(chapter.title)}`]);
  return [';FFMETADATA1', `title=${escaped(title)}`, `album=${escaped(album)}`, `language=${TRACK_LANGUAGE[language]}`, ...marks, ''].join('\n');
}
