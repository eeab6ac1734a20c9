import type { PageElement } from './browser.types.js';
import { byId, clock, fill, icon, indexAt, make, onClick } from './dom.js';
import type { Player } from './player.types.js';
import type { PlayerLesson } from '../player-course.js';

interface LessonRow {
  lesson: PlayerLesson;
  item: PageElement;
  button: PageElement;
  mark: PageElement;
  badge: PageElement;
  chapterList: PageElement;
  chapters: PageElement[];
}

/** The course's lessons; the open one shows its chapters. */
export function attachLessonList(player: Player): void {
  const rows = player.course.lessons.map((lesson, index) => makeLessonRow(player, lesson, index));
  byId('lesson-list').replaceChildren(...rows.map((row) => row.item));
  const showAll = (): void => rows.forEach((row) => showProgress(player, row));
  player.progressChanged.listen(showAll);
  showAll();
  player.lessonOpened.listen((lesson) => {
    for (const row of rows) showOpen(row, row.lesson === lesson);
  });
  player.timeChanged.listen((now) => {
    const row = rows.find((candidate) => candidate.lesson === player.lesson());
    if (row !== undefined) showChapter(row, now);
  });
}

export function makeLessonRow(player: Player, lesson: PlayerLesson, index: number): LessonRow {
  const mark = make('span', { class: 'lesson-mark', 'aria-hidden': 'true' }, String(lesson.number));
  const badge = make('span', { class: 'lesson-badge' });
  const time = make('span', { class: 'lesson-time' }, icon('clock'), hiddenText(`${fill(player.text.duration, { time: '' })} `), clock(lesson.duration_ms));
  const meta = make('span', { class: 'lesson-meta' }, time, badge);
  const words = make('span', { class: 'lesson-words' }, make('span', { class: 'lesson-name' }, lesson.title), meta);
  const button = make('button', { type: 'button', class: 'lesson-button' }, mark, words);
  const chapters = lesson.chapters.map((chapter) => makeChapter(player, chapter.title, chapter.start_ms));
  const label = `${player.text.chapters}: ${lesson.title}`;
  const chapterList = make('ol', { class: 'chapter-list', 'aria-label': label }, ...chapters.map((chapter) => make('li', {}, chapter)));
  onClick(button, () => {
    if (player.lesson() !== lesson) player.open(index);
    player.play();
  });
  return { lesson, item: make('li', { class: 'lesson-item' }, button, chapterList), button, mark, badge, chapterList, chapters };
}

export function makeChapter(player: Player, title: string, start: number): PageElement {
  const time = make('span', { class: 'chapter-time' }, clock(start));
  const button = make('button', { type: 'button', class: 'chapter-button' }, time, make('span', { class: 'chapter-name' }, title));
  onClick(button, () => {
    player.seek(start);
    player.play();
  });
  return button;
}

export function hiddenText(text: string): PageElement {
  return make('span', { class: 'visually-hidden' }, text);
}

export function showOpen(row: LessonRow, open: boolean): void {
  row.item.classList.toggle('is-open', open);
  row.chapterList.hidden = !open || row.chapters.length === 0;
  if (open) row.button.setAttribute('aria-current', 'true');
  else row.button.removeAttribute('aria-current');
  if (open) showChapter(row, 0);
}

export function showProgress(player: Player, row: LessonRow): void {
  const { watched, score } = player.store.lesson(row.lesson.number);
  row.item.classList.toggle('is-watched', watched);
  row.mark.replaceChildren(watched ? icon('check') : String(row.lesson.number));
  const parts: (PageElement | string)[] = [];
  if (score !== null) parts.push(make('span', { class: 'badge' }, fill(player.text.quiz_badge, { score, total: row.lesson.questions.length })));
  if (watched) parts.push(hiddenText(`, ${player.text.watched}`));
  row.badge.replaceChildren(...parts);
}

export function showChapter(row: LessonRow, now: number): void {
  const current = indexAt(row.lesson.chapters, now + 50);
  row.chapters.forEach((button, index) => {
    if (index === current) button.setAttribute('aria-current', 'step');
    else button.removeAttribute('aria-current');
  });
}
