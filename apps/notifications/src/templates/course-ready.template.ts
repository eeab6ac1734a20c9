import type { Language, RequestOf, sendMessage } from '@tecnocursos/contracts';
import { renderCourseReadyHtml } from './course-ready.html.js';
import { COURSE_READY_TEXTS, type CourseReadyTexts } from './course-ready.texts.js';
import { flat, formatTime, requireWebLink, shorten, type MessageContent } from './message-content.js';

type CourseReadyRequest = Extract<RequestOf<typeof sendMessage>, { template: 'course-ready' }>;

export interface LessonLine {
  number: number;
  title: string;
  duration: string;
}

/** What both forms of the message show. */
export interface CourseReadyView {
  language: Language;
  texts: CourseReadyTexts;
  recipientName: string | undefined;
  courseTitle: string;
  playerUrl: string;
  posterUrl: string | undefined;
  /** Such as `6 aulas · 12 min`. */
  summary: string;
  lessons: LessonLine[];
  lessonsLeftOut: number;
  expiresAt: string;
}

/** Mail programs cut long messages off; a list of this length stays far below. */
const LESSONS_SHOWN = 40;
const SUBJECT_TITLE_LENGTH = 120;

/** @throws AppError `invalid_request` when a link is not one of the web. */
export function composeCourseReady({ data, language, to }: CourseReadyRequest, timeZone: string): MessageContent {
  requireWebLink('data.player_url', data.player_url);
  if (data.poster_url !== undefined) requireWebLink('data.poster_url', data.poster_url);
  const texts = COURSE_READY_TEXTS[language];
  const total = data.lessons.reduce((seconds, lesson) => seconds + lesson.duration_s, 0);
  const view: CourseReadyView = {
    language,
    texts,
    recipientName: to.name?.trim() || undefined,
    courseTitle: data.course_title,
    playerUrl: data.player_url,
    posterUrl: data.poster_url,
    summary: `${texts.lessons(data.lessons.length)} · ${formatDuration(total)}`,
    lessons: data.lessons.slice(0, LESSONS_SHOWN).map(({ title, duration_s }, index) => ({ number: index + 1, title, duration: formatDuration(duration_s) })),
    lessonsLeftOut: Math.max(0, data.lessons.length - LESSONS_SHOWN),
    expiresAt: formatTime(data.link_expires_at, language, timeZone),
  };
  return { subject: texts.subject(shorten(data.course_title, SUBJECT_TITLE_LENGTH)), html: renderCourseReadyHtml(view), text: renderText(view) };
}

/** `45 s`, `12 min`, `1 h 05 min`: the same in both languages. */
export function formatDuration(seconds: number): string {
  if (seconds < 59.5) return `${Math.round(seconds)} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return `${minutes} min`;
  return `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, '0')} min`;
}

function renderText(view: CourseReadyView): string {
  const { texts } = view;
  const lessons = view.lessons.map(({ number, title, duration }) => `${number}. ${flat(title)} (${duration})`);
  if (view.lessonsLeftOut > 0) lessons.push(texts.more(view.lessonsLeftOut));
  return [
    texts.greeting(view.recipientName && flat(view.recipientName)), '',
    `${texts.heading}: ${flat(view.courseTitle)}`, texts.intro, '',
    `${texts.watch}: ${view.playerUrl}`, '',
    view.summary, ...lessons, '',
    texts.expires(view.expiresAt), '',
    '--', texts.reason, '',
  ].join('\n');
}
