import type { PageElement } from './browser.types.js';
import { byId, clock, fill, indexAt, make, onClick } from './dom.js';
import type { Player } from './player.types.js';
import type { TranscriptParagraph, TranscriptSentence } from '../../transcript.js';

interface ShownSentence extends TranscriptSentence {
  element: PageElement;
}

/** The transcript: it marks the sentence that is heard, scrolls to it, and every paragraph starts the video from itself. */
export function attachTranscript(player: Player): void {
  const box = byId('transcript-text');
  let sentences: ShownSentence[] = [];
  let current: ShownSentence | undefined;
  const isFollowing = attachFollowButton(player, () => scrollInside(box, current?.element));
  player.lessonOpened.listen((lesson) => {
    sentences = [];
    current = undefined;
    const parts = lesson.transcript.flatMap((paragraph) => makeParagraph(player, paragraph, sentences));
    box.replaceChildren(...(parts.length > 0 ? parts : [make('p', { class: 'empty' }, player.text.no_transcript)]));
    box.scrollTop = 0;
  });
  player.timeChanged.listen((now) => {
    const next = sentences[indexAt(sentences, now + 50)];
    if (next === current) return;
    markCurrent(current, next);
    current = next;
    if (isFollowing()) scrollInside(box, current?.element);
  });
  player.tabOpened.listen((tab) => {
    if (tab === 'transcript' && isFollowing()) scrollInside(box, current?.element);
  });
}

export function makeParagraph(player: Player, paragraph: TranscriptParagraph, sentences: ShownSentence[]): PageElement[] {
  const go = (start: number): void => {
    player.seek(start);
    player.play();
  };
  const label = fill(player.text.play_from, { time: clock(paragraph.start_ms) });
  const time = make('button', { type: 'button', class: 'transcript-time', 'aria-label': label }, clock(paragraph.start_ms));
  onClick(time, () => go(paragraph.start_ms));
  const words = make('p', { class: 'transcript-words' });
  for (const sentence of paragraph.sentences) {
    const element = make('span', { class: 'sentence' }, sentence.text);
    onClick(element, () => go(sentence.start_ms)); // for the pointer; the keyboard has the button of the paragraph
    sentences.push({ ...sentence, element });
    words.append(element, ' ');
  }
  const line = make('div', { class: 'transcript-line' }, time, words);
  return paragraph.heading === undefined ? [line] : [make('h3', { class: 'transcript-heading' }, paragraph.heading), line];
}

export function markCurrent(previous: ShownSentence | undefined, next: ShownSentence | undefined): void {
  previous?.element.classList.toggle('is-current', false);
  previous?.element.parentElement?.parentElement?.classList.toggle('is-current', false);
  next?.element.classList.toggle('is-current', true);
  next?.element.parentElement?.parentElement?.classList.toggle('is-current', true);
}

/** Following stops when the reader scrolls, and goes on when asked to. */
export function attachFollowButton(player: Player, catchUp: () => void): () => boolean {
  const button = byId('follow-toggle');
  const box = byId('transcript-text');
  let following = true;
  const set = (value: boolean): void => {
    following = value;
    button.setAttribute('aria-pressed', String(value));
    if (value) catchUp();
  };
  onClick(button, () => set(!following));
  for (const type of ['wheel', 'touchmove']) box.addEventListener(type, () => set(false), { passive: true });
  player.lessonOpened.listen(() => set(true));
  return () => following;
}

/** Scrolls the box alone: the page around it stays where the reader has put it. */
export function scrollInside(box: PageElement, element: PageElement | undefined): void {
  if (element === undefined || box.clientHeight === 0) return;
  const outer = box.getBoundingClientRect();
  const inner = element.getBoundingClientRect();
  box.scrollTop += inner.top - outer.top - (outer.height - inner.height) / 3;
}
