import { byId, fill, indexAt, onClick } from './dom.js';
import type { Player } from './player.types.js';

/** The line under the video: which chapter this is, and the way to the ones beside it. */
export function attachChapterBar(player: Player): void {
  const bar = byId('chapter-bar');
  const current = (): number => indexAt(player.lesson().chapters, player.video.currentTime * 1000 + 50);
  const go = (index: number): void => {
    const chapter = player.lesson().chapters[index];
    if (chapter !== undefined) player.seek(chapter.start_ms);
  };
  player.lessonOpened.listen((lesson) => {
    bar.hidden = lesson.chapters.length === 0;
    showChapterBar(player, 0);
  });
  player.timeChanged.listen((now) => showChapterBar(player, Math.max(0, indexAt(player.lesson().chapters, now + 50))));
  onClick(byId('previous-chapter'), () => go(Math.max(0, current() - 1)));
  onClick(byId('next-chapter'), () => go(current() + 1));
}

export function showChapterBar(player: Player, index: number): void {
  const { chapters } = player.lesson();
  const chapter = chapters[index];
  if (chapter === undefined) return;
  byId('chapter-name').textContent = chapter.title;
  byId('chapter-position').textContent = fill(player.text.chapter_position, { number: index + 1, total: chapters.length });
  setUnavailable('previous-chapter', index === 0);
  setUnavailable('next-chapter', index === chapters.length - 1);
}

/** `aria-disabled` keeps the button focusable, so that the keyboard does not lose its place at the last chapter. */
export function setUnavailable(id: string, unavailable: boolean): void {
  byId(id).setAttribute('aria-disabled', String(unavailable));
}
