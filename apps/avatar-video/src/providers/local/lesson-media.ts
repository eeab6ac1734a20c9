import { join } from 'node:path';
import { AppError } from '@tecnocursos/contracts';
import type { LessonMedia, LessonToRender } from '../../ports/lesson-renderer.port.js';
import { concurrently } from './concurrently.js';
import { preparePicture } from './slides/picture-file.js';
import type { SlidePicture } from './slides/slide-scene.js';
import { openNarration, type Narration } from './video/narration.js';

const DOWNLOADS_AT_A_TIME = 4;

/** @throws AppError `not_found`, `engine_failed` (no sound file). */
export async function fetchNarrations(lesson: LessonToRender, media: LessonMedia, folder: string, signal: AbortSignal): Promise<Narration[]> {
  return concurrently(lesson.slides, DOWNLOADS_AT_A_TIME, async ({ audio_key }, index) => {
    const path = join(folder, `narration-${index}`);
    await media.download(audio_key, path, signal);
    return openNarration(path, index + 1, signal);
  });
}

export interface FetchedPictures {
  /** By image id. */
  pictures: Map<string, SlidePicture>;
  warnings: string[];
}

/** Gets the pictures that slides show. One that is missing or broken is left out with a warning. */
export async function fetchPictures(lesson: LessonToRender, media: LessonMedia, folder: string, signal: AbortSignal): Promise<FetchedPictures> {
  const pictures = new Map<string, SlidePicture>();
  const pages = pagesByImage(lesson);
  const warnings = await concurrently([...pages], DOWNLOADS_AT_A_TIME, async ([id, page], index) => {
    const image = lesson.images.find((candidate) => candidate.id === id);
    if (!image) return `Slide ${page}: the picture is not among the document's pictures and was left out.`;
    const downloaded = join(folder, `picture-${index}`);
    try {
      await media.download(image.key, downloaded, signal);
      pictures.set(id, await preparePicture(downloaded, `${downloaded}.png`));
      return undefined;
    } catch (error) {
      if (error instanceof AppError && error.code !== 'not_found') throw error;
      signal.throwIfAborted();
      return `Slide ${page}: the picture could not be read and was left out.`;
    }
  });
  return { pictures, warnings: warnings.filter((warning) => warning !== undefined) };
}

/** First page on which each picture is shown. */
function pagesByImage(lesson: LessonToRender): Map<string, number> {
  const pages = new Map<string, number>();
  lesson.slides.forEach(({ slide }, index) => {
    if (slide.kind === 'picture' && !pages.has(slide.image_id)) pages.set(slide.image_id, index + 1);
  });
  return pages;
}

/** The picture behind title slides; undefined, with a warning, when it is missing or broken. */
export async function fetchCover(lesson: LessonToRender, media: LessonMedia, folder: string, signal: AbortSignal): Promise<{ cover?: SlidePicture; warnings: string[] }> {
  if (lesson.background === undefined) return { warnings: [] };
  const downloaded = join(folder, 'cover');
  try {
    await media.download(lesson.background, downloaded, signal);
    return { cover: await preparePicture(downloaded, `${downloaded}.png`), warnings: [] };
  } catch (error) {
    if (error instanceof AppError && error.code !== 'not_found') throw error;
    signal.throwIfAborted();
    return { warnings: ['The background could not be read; title slides have that of the theme.'] };
  }
}

/** Paths of the clips of slides, by the slide's index. @throws AppError `not_found`. */
export async function fetchClips(lesson: LessonToRender, media: LessonMedia, folder: string, signal: AbortSignal): Promise<ReadonlyMap<number, string>> {
  const wanted = lesson.slides.flatMap(({ clip_key: key }, index) => (key === undefined ? [] : [{ key, index }]));
  return new Map(await concurrently(wanted, DOWNLOADS_AT_A_TIME, async ({ key, index }) => {
    const path = join(folder, `clip-${index}.mp4`);
    await media.download(key, path, signal);
    return [index, path] as const;
  }));
}
