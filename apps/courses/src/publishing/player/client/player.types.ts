import type { PlayerCourse, PlayerLesson } from '../player-course.js';
import type { PlayerText } from '../player-text.js';
import type { VideoElement } from './browser.types.js';

/** What the page embeds as JSON. */
export interface PlayerData {
  course: PlayerCourse;
  text: PlayerText;
}

export interface Signal<T> {
  listen(listener: (value: T) => void): void;
  send(value: T): void;
}

/** What a reader did with one lesson; kept in the browser. */
export interface LessonProgress {
  watched: boolean;
  position_ms: number;
  score: number | null;
}

export interface Preferences {
  lesson: number;
  captions: boolean;
  speed: number;
  theme: 'light' | 'dark' | null;
}

export interface ProgressStore {
  lesson(number: number): LessonProgress;
  changeLesson(number: number, change: Partial<LessonProgress>): void;
  preferences(): Preferences;
  changePreferences(change: Partial<Preferences>): void;
}

export type TabName = 'lessons' | 'transcript' | 'quiz';

/** What the parts of the page share. Times are milliseconds. */
export interface Player {
  readonly course: PlayerCourse;
  readonly text: PlayerText;
  readonly store: ProgressStore;
  readonly video: VideoElement;
  readonly lessonOpened: Signal<PlayerLesson>;
  readonly timeChanged: Signal<number>;
  readonly progressChanged: Signal<null>;
  readonly tabOpened: Signal<TabName>;
  lesson(): PlayerLesson;
  open(index: number): void;
  seek(milliseconds: number): void;
  play(): void;
  announce(message: string): void;
}
