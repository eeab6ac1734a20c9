import type { VideoElement } from './browser.types.js';
import { browser, byId } from './dom.js';
import type { Player, PlayerData } from './player.types.js';
import { openProgressStore } from './progress-store.js';
import { createSignal } from './signal.js';

export function createPlayer(data: PlayerData): Player {
  const { course, text } = data;
  const video = byId('video') as VideoElement;
  let current = 0;
  const lesson: Player['lesson'] = () => {
    const found = course.lessons[current];
    if (found === undefined) throw new Error(`The course has no lesson at ${current}.`);
    return found;
  };
  const player: Player = {
    course,
    text,
    store: openProgressStore(course.id),
    video,
    lessonOpened: createSignal(),
    timeChanged: createSignal(),
    progressChanged: createSignal(),
    tabOpened: createSignal(),
    lesson,
    open: (index) => {
      current = Math.max(0, Math.min(index, course.lessons.length - 1));
      player.store.changePreferences({ lesson: lesson().number });
      player.lessonOpened.send(lesson());
    },
    seek: (milliseconds) => seekVideo(video, milliseconds),
    play: () => void video.play().catch(() => undefined), // refused until the reader has touched the page; the controls stay
    announce: (message) => {
      byId('status').textContent = message;
    },
  };
  return player;
}

/** A video that has not read its header yet takes the position as soon as it has. */
export function seekVideo(video: VideoElement, milliseconds: number): void {
  video.dataset['seek'] = String(milliseconds);
  if (video.readyState > 0) applySeek(video);
}

export function applySeek(video: VideoElement): void {
  const wanted = video.dataset['seek'];
  if (wanted === undefined) return;
  delete video.dataset['seek'];
  video.currentTime = Number(wanted) / 1000;
}

export function readPlayerData(): PlayerData {
  return JSON.parse(byId('course-data').textContent ?? '') as PlayerData;
}

export function lessonIndexOf(player: Player, number: number): number {
  return Math.max(0, player.course.lessons.findIndex((lesson) => lesson.number === number));
}

export function prefersDark(): boolean {
  return browser().matchMedia('(prefers-color-scheme: dark)').matches;
}
