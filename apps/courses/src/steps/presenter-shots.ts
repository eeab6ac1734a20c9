import type { Background, createVideo, CourseOptions, RequestInput, Slide } from '@tecnocursos/contracts';
import type { StepCourse } from '../pipeline/step-handler.port.js';
import type { VoiceOutput } from './step-outputs.js';

/** One film of a presenter, as it is ordered. */
export interface Shot {
  /** From 1. */
  readonly slide: number;
  /** The same however often the step runs: under one key one video is ordered. */
  readonly key: string;
  readonly order: RequestInput<typeof createVideo>;
}

export interface LessonToFilm {
  readonly number: number;
  readonly title: string;
  readonly slides: readonly Slide[];
  readonly voices: readonly VoiceOutput[];
  readonly background: Background | undefined;
  /** Who is asked, in order. */
  readonly providers: readonly string[];
}

/** What is to be filmed of a lesson, in the order of its slides: its title, or every slide that is spoken. Nothing of courses without a presenter. */
export function shotsOf(course: StepCourse, lesson: LessonToFilm): Shot[] {
  const { presenter, presenter_scenes: scenes } = course.options;
  if (presenter === 'none') return [];
  const title = lesson.slides.findIndex(({ kind }) => kind === 'title');
  return lesson.slides.flatMap((slide, index) => {
    const voice = lesson.voices[index];
    if (!voice || (index !== title && scenes !== 'all')) return [];
    const key = `presenter:${course.id}:${lesson.number}`;
    return [{
      slide: index + 1,
      key: index === title ? key : `${key}:${index + 1}`,
      // Badges are cut out of landscape pictures, in which vendors frame people alike.
      order: orderOf(course, { presenter, voice, lesson, ...(index === title ? { title: lesson.title, aspect: course.options.aspect } : { title: slide.title, aspect: '16:9' }) }),
    }];
  });
}

interface Scene {
  readonly presenter: Exclude<CourseOptions['presenter'], 'none'>;
  readonly voice: VoiceOutput;
  readonly lesson: LessonToFilm;
  readonly title: string;
  readonly aspect: CourseOptions['aspect'];
}

const orderOf = ({ language }: StepCourse, { presenter, voice, lesson: { background, providers }, title, aspect }: Scene): Shot['order'] => ({
  audio_key: voice.audio.key, language, presenter, aspect, subtitles: false, title: titleOf(title), routing: { providers: [...providers] }, ...(background && { background }),
});

const titleOf = (title: string): string => title.replace(/\p{Cc}/gu, ' ').trim().slice(0, 200) || 'Lesson';
