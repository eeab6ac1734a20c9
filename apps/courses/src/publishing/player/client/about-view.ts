import type { PageElement } from './browser.types.js';
import { byId, fill, icon, make } from './dom.js';
import type { Player } from './player.types.js';
import type { PlayerLesson } from '../player-course.js';

/** Title, objectives, summary, key terms and files of the open lesson. */
export function attachAbout(player: Player): void {
  player.lessonOpened.listen((lesson) => {
    const total = player.course.lessons.length;
    byId('lesson-position').textContent = fill(player.text.lesson_position, { number: lesson.number, total });
    byId('lesson-title').textContent = lesson.title;
    showSection('objectives', lesson.objectives.map((objective) => make('li', {}, icon('check'), make('span', {}, objective))));
    showSection('summary', lesson.summary === '' ? [] : [lesson.summary]);
    showSection('key-terms', lesson.key_terms.map(makeTerm));
    byId('downloads').replaceChildren(...downloadLinks(player, lesson));
  });
}

export function showSection(id: string, content: (PageElement | string)[]): void {
  byId(id).replaceChildren(...content);
  byId(`${id}-section`).hidden = content.length === 0;
}

export function makeTerm(term: { term: string; definition?: string | undefined }): PageElement {
  const parts = [make('dt', {}, term.term)];
  if (term.definition !== undefined && term.definition !== '') parts.push(make('dd', {}, term.definition));
  return make('div', { class: 'term' }, ...parts);
}

export function downloadLinks(player: Player, lesson: PlayerLesson): PageElement[] {
  const { text } = player;
  const links: [string, string, string][] = [
    [text.download_video, 'MP4', lesson.files.video],
    [text.download_captions, 'VTT', lesson.files.captions],
    [text.download_transcript, 'Markdown', lesson.files.transcript],
    [text.download_quiz, 'JSON', lesson.files.quiz],
  ];
  return links.map(([label, format, href]) => {
    const name = make('span', {}, label, ' ', make('span', { class: 'format' }, format));
    return make('li', {}, make('a', { href, download: '', class: 'download' }, icon('download'), name));
  });
}
