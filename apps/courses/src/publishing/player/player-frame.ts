import { escapeHtml } from './html.js';
import type { PlayerCourse } from './player-course.js';
import type { PlayerText } from './player-text.js';

/** Outlines on a 24 × 24 grid. */
const ICONS: Record<string, string> = {
  check: 'M5 12.5l4.5 4.5L19 7.5',
  cross: 'M6.5 6.5l11 11M17.5 6.5l-11 11',
  clock: 'M12 7v5l3 2M21 12a9 9 0 1 1-18 0 9 9 0 0 1 18 0z',
  download: 'M12 4v11m-4.5-4.5L12 15l4.5-4.5M5 19.5h14',
  previous: 'M15 5.5L8.5 12l6.5 6.5',
  next: 'M9 5.5l6.5 6.5L9 18.5',
  captions: 'M4 5.5h16a1 1 0 0 1 1 1v11a1 1 0 0 1-1 1H4a1 1 0 0 1-1-1v-11a1 1 0 0 1 1-1zM10.5 10.5a2 2 0 1 0 0 3M17 10.5a2 2 0 1 0 0 3',
  theme: 'M20 14.5A8.5 8.5 0 0 1 9.5 4a8.5 8.5 0 1 0 10.5 10.5z',
  course: 'M12 6.5C10 5 7 4.5 3.5 5v13c3.5-.5 6.5 0 8.5 1.5 2-1.5 5-2 8.5-1.5V5C17 4.5 14 5 12 6.5zm0 0v13',
};

export function iconSprite(): string {
  const symbols = Object.entries(ICONS).map(([name, path]) => `<symbol id="icon-${name}" viewBox="0 0 24 24"><path d="${path}"/></symbol>`);
  return `<svg class="sprite" aria-hidden="true" focusable="false">${symbols.join('')}</svg>`;
}

const icon = (name: string): string => `<svg class="icon" aria-hidden="true"><use href="#icon-${name}"/></svg>`;

export function pageHeader(course: PlayerCourse, text: PlayerText): string {
  return `<header class="site-header">
<span class="course-mark">${icon('course')}</span>
<div class="course-name"><p class="eyebrow">${text.course}</p><h1>${escapeHtml(course.title)}</h1></div>
<div class="course-progress"><span id="course-progress-text"></span><div class="progress-track" id="course-progress" role="progressbar" aria-label="${text.progress}" aria-valuemin="0" aria-valuemax="${course.lessons.length}" aria-valuenow="0"></div></div>
<button type="button" class="button round" id="theme-toggle" aria-pressed="false" aria-label="${text.dark_theme}" title="${text.dark_theme}">${icon('theme')}</button>
</header>`;
}

export function videoFrame(text: PlayerText): string {
  return `<div class="video-frame" id="video-frame">
<video id="video" controls playsinline preload="metadata" tabindex="0"></video>
<div class="notice" id="resume-notice" hidden><span id="resume-text"></span><button type="button" class="button" id="resume-restart">${text.start_over}</button><button type="button" class="button round" id="resume-dismiss" aria-label="${text.dismiss}">${icon('cross')}</button></div>
<div class="lesson-end" id="lesson-end" hidden><p id="lesson-end-text"></p><div><button type="button" class="button" id="watch-again">${text.watch_again}</button><button type="button" class="button" id="take-quiz">${text.take_quiz}</button><button type="button" class="button primary" id="next-lesson">${text.next_lesson}${icon('next')}</button></div></div>
<p class="video-error" id="video-error" role="alert" hidden>${text.video_failed}</p>
</div>`;
}

const SPEEDS = [0.75, 1, 1.25, 1.5, 1.75, 2];

export function lessonBar(course: PlayerCourse, text: PlayerText): string {
  const decimal = new Intl.NumberFormat(course.language);
  const speeds = SPEEDS.map((speed) => `<option value="${speed}">${decimal.format(speed)}×</option>`).join('');
  return `<section class="lesson-bar" aria-labelledby="lesson-title">
<p class="eyebrow" id="lesson-position"></p><h2 id="lesson-title"></h2>
<div class="controls" role="group" aria-label="${text.lesson_controls}">
<div class="chapter-bar" id="chapter-bar"><button type="button" class="button round" id="previous-chapter" aria-label="${text.previous_chapter}">${icon('previous')}</button><p class="chapter-now"><span class="eyebrow" id="chapter-position"></span><strong id="chapter-name"></strong></p><button type="button" class="button round" id="next-chapter" aria-label="${text.next_chapter}">${icon('next')}</button></div>
<button type="button" class="button" id="captions-toggle" aria-pressed="false">${icon('captions')}${text.captions}</button>
<label class="speed"><span>${text.speed}</span><select id="speed">${speeds}</select></label>
<button type="button" class="button" id="watched-toggle" aria-pressed="false">${icon('check')}<span id="watched-text"></span></button>
</div></section>`;
}

export function studyPanel(text: PlayerText): string {
  const tab = (name: string, label: string): string =>
    `<button type="button" role="tab" class="tab" id="tab-${name}" aria-controls="panel-${name}" aria-selected="false">${label}</button>`;
  const panel = (name: string, content: string): string =>
    `<div role="tabpanel" class="tab-panel" id="panel-${name}" aria-labelledby="tab-${name}" hidden>${content}</div>`;
  const tools = `<div class="transcript-tools"><button type="button" class="button" id="follow-toggle" aria-pressed="true">${text.follow}</button></div>`;
  return `<aside class="panel" aria-label="${text.study_panel}">
<div class="tabs" role="tablist" aria-label="${text.study_panel}">${tab('lessons', text.lessons)}${tab('transcript', text.transcript)}${tab('quiz', text.quiz)}</div>
${panel('lessons', '<ol class="lesson-list" id="lesson-list"></ol>')}
${panel('transcript', `${tools}<div class="transcript-text" id="transcript-text"></div>`)}
${panel('quiz', '<div class="quiz" id="quiz"></div>')}
</aside>`;
}

export function aboutLesson(text: PlayerText): string {
  const section = (id: string, title: string, content: string, style: string): string =>
    `<section id="${id}-section" class="${style}" aria-labelledby="${id}-title"><h3 id="${id}-title">${title}</h3>${content}</section>`;
  return `<section class="about" aria-labelledby="about-title"><h2 id="about-title">${text.about_lesson}</h2><div class="about-grid">
${section('summary', text.summary, '<p class="summary" id="summary"></p>', '')}
${section('objectives', text.objectives, '<ul class="objectives" id="objectives"></ul>', '')}
${section('key-terms', text.key_terms, '<dl class="terms" id="key-terms"></dl>', 'wide')}
${section('downloads', text.downloads, '<ul class="downloads" id="downloads"></ul>', 'wide')}
</div></section>`;
}

/** What is left where scripts are off: every lesson as a plain link. */
export function withoutScript(course: PlayerCourse, text: PlayerText): string {
  const lessons = course.lessons.map((lesson) => `<li><a href="${escapeHtml(lesson.files.video)}">${lesson.number}. ${escapeHtml(lesson.title)}</a></li>`);
  return `<noscript><div class="no-script"><p>${text.no_script}</p><ol>${lessons.join('')}</ol></div></noscript>`;
}
