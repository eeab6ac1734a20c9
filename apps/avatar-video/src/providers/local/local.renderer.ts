import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AppError, presenterOf } from '@tecnocursos/contracts';
import { requireProgram } from '@tecnocursos/engines';
import type { LessonMedia, LessonRenderer, LessonToRender, RenderedLesson } from '../../ports/lesson-renderer.port.js';
import { chaptersOf } from './chapters.js';
import { fetchClips, fetchCover, fetchNarrations, fetchPictures } from './lesson-media.js';
import { clipsAt, isCover, slidesToDraw } from './lesson-slides.js';
import { makeAudio, makeVideo, type AudioTrack, type VideoTrack } from './lesson-tracks.js';
import { makeBadges, type FilmedBadges } from './presenter/filmed-badges.js';
import { encodeOverlay, type OverlaySource } from './presenter/lesson-presenter.js';
import { Semaphore } from '@tecnocursos/nest-kit';
import { CANVASES } from './slides/canvas.js';
import { SlidePool } from './slides/slide-pool.js';
import { endMs, slideSpans, startMs, type SlideSpan } from './timeline.js';
import { together } from './together.js';
import { writeContainer } from './video/container.js';

export interface LocalRendererOptions {
  /** Threads that draw slides, for all lessons together. */
  threads: number;
  /** Lessons rendered at a time; further ones wait. */
  lessons: number;
}

/** Draws slides in worker threads, and joins them with the narration by ffmpeg as a separate process. */
export class LocalLessonRenderer implements LessonRenderer {
  readonly name = 'local';
  private readonly turns: Semaphore;
  private readonly pool: SlidePool;

  constructor({ threads, lessons }: LocalRendererOptions) {
    this.turns = new Semaphore(lessons);
    this.pool = new SlidePool({ threads });
  }

  async render<T>(lesson: LessonToRender, media: LessonMedia, deliver: (rendered: RenderedLesson) => Promise<T>, signal: AbortSignal): Promise<T> {
    requireProgram('ffmpeg');
    try {
      return await this.turns.run(() => inTemporaryFolder(async (folder) => deliver(await this.renderIn(folder, lesson, media, signal))), signal);
    } catch (error) {
      if (signal.aborted && !(error instanceof AppError)) throw new AppError('canceled', 'The rendering was stopped.', { cause: error });
      throw error;
    }
  }

  /** Ends the threads. */
  async close(): Promise<void> {
    await this.pool.close();
  }

  private async renderIn(folder: string, lesson: LessonToRender, media: LessonMedia, signal: AbortSignal): Promise<RenderedLesson> {
    const [narrations, { pictures, warnings }, { cover, warnings: coverWarnings }, clips] = await together<[Awaited<ReturnType<typeof fetchNarrations>>, Awaited<ReturnType<typeof fetchPictures>>, Awaited<ReturnType<typeof fetchCover>>, Awaited<ReturnType<typeof fetchClips>>]>(signal, [
      (linked) => fetchNarrations(lesson, media, folder, linked),
      (linked) => fetchPictures(lesson, media, folder, linked),
      (linked) => fetchCover(lesson, media, folder, linked),
      (linked) => fetchClips(lesson, media, folder, linked),
    ]);
    const spans = slideSpans(narrations.map(({ samples }) => samples));
    const canvas = CANVASES[lesson.aspect];
    const [audio, video, badges] = await together<[AudioTrack, VideoTrack, FilmedBadges | undefined]>(signal, [
      (linked) => makeAudio(narrations, spans, folder, linked),
      (linked) => makeVideo({ slides: slidesToDraw(lesson, pictures, cover), spans, clips: clipsAt('full', lesson, clips) }, canvas, this.pool, folder, linked),
      (linked) => makeBadges({ clips: clipsAt('corner', lesson, clips), spans }, lesson.theme, folder, linked),
    ]);
    const rendered = describe(lesson, spans, { videoPath: join(folder, 'lesson.mp4'), posterPath: video.posterPath, warnings: [...warnings, ...coverWarnings, ...video.warnings] });
    const streamPath = await overlaid(lesson, { streamPath: video.streamPath, samplesPath: audio.samplesPath, spans, canvas, badges }, folder, signal);
    await writeContainer({
      videoPath: streamPath, audioPath: audio.path, title: lesson.lesson_title, album: lesson.course_title, language: lesson.language, chapters: rendered.chapters,
    }, folder, rendered.videoPath, signal);
    return rendered;
  }
}

/** The slides as they are, unless something is to be laid over them: that costs an encoding of every frame. */
async function overlaid(lesson: LessonToRender, source: Omit<OverlaySource, 'covers' | 'filmed'>, folder: string, signal: AbortSignal): Promise<string> {
  const { presenter, effects, theme } = lesson;
  if (presenter === undefined && effects === 'none' && !source.badges) return source.streamPath;
  const covers = lesson.slides.map(({ slide }) => isCover(slide));
  const filmed = lesson.slides.map(({ clip_key: clip }) => clip !== undefined);
  return encodeOverlay({ ...source, covers, filmed }, { theme, fade: effects, ...(presenter !== undefined && { presenter: presenterOf(presenter) }) }, folder, signal);
}

function describe(lesson: LessonToRender, spans: readonly SlideSpan[], files: Pick<RenderedLesson, 'videoPath' | 'posterPath' | 'warnings'>): RenderedLesson {
  const { width, height } = CANVASES[lesson.aspect];
  const slides = spans.map((span) => ({ start_ms: startMs(span), end_ms: endMs(span) }));
  const titled = slides.map((times, index) => ({ ...times, title: lesson.slides[index]?.slide.title ?? lesson.lesson_title }));
  return { ...files, durationMs: slides.at(-1)?.end_ms ?? 0, width, height, slides, chapters: chaptersOf(titled) };
}

async function inTemporaryFolder<T>(task: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'tecnocursos-lesson-'));
  try {
    return await task(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
