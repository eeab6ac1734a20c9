import { browser } from './dom.js';
import type { LessonProgress, Preferences, ProgressStore } from './player.types.js';

interface StoredProgress {
  lessons?: Record<string, Partial<LessonProgress>>;
  preferences?: Partial<Preferences>;
}

/** Progress in the browser's storage, or in memory alone where that is full, forbidden or holds something else. */
export function openProgressStore(courseId: string): ProgressStore {
  const key = `tecnocursos:player:${courseId}`;
  const stored = readStored(key);
  const lessons: Record<string, Partial<LessonProgress>> = { ...stored.lessons };
  let preferences: Partial<Preferences> = { ...stored.preferences };
  const save = (): void => writeStored(key, { lessons, preferences });
  return {
    lesson: (number) => readLesson(lessons[String(number)]),
    changeLesson: (number, change) => {
      lessons[String(number)] = { ...lessons[String(number)], ...change };
      save();
    },
    preferences: () => readPreferences(preferences),
    changePreferences: (change) => {
      preferences = { ...preferences, ...change };
      save();
    },
  };
}

export function readLesson(stored: Partial<LessonProgress> | undefined): LessonProgress {
  return {
    watched: stored?.watched === true,
    position_ms: typeof stored?.position_ms === 'number' ? stored.position_ms : 0,
    score: typeof stored?.score === 'number' ? stored.score : null,
  };
}

export function readPreferences(stored: Partial<Preferences>): Preferences {
  const speed = Number(stored.speed);
  return {
    lesson: typeof stored.lesson === 'number' ? stored.lesson : 1,
    captions: stored.captions === true,
    speed: speed >= 0.5 && speed <= 2 ? speed : 1,
    theme: stored.theme === 'light' || stored.theme === 'dark' ? stored.theme : null,
  };
}

export function readStored(key: string): StoredProgress {
  try {
    const value: unknown = JSON.parse(browser().localStorage.getItem(key) ?? '{}');
    return typeof value === 'object' && value !== null ? value : {};
  } catch {
    return {};
  }
}

export function writeStored(key: string, value: StoredProgress): void {
  try {
    browser().localStorage.setItem(key, JSON.stringify(value));
  } catch {
    return; // private windows and sandboxed frames have no storage: the lesson goes on without it
  }
}
