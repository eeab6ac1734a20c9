import * as about from './client/about-view.js';
import * as chapterBar from './client/chapter-bar.js';
import * as createPlayer from './client/create-player.js';
import * as dom from './client/dom.js';
import * as lessonList from './client/lesson-list.js';
import * as pageControls from './client/page-controls.js';
import * as progressStore from './client/progress-store.js';
import * as quiz from './client/quiz-view.js';
import * as signal from './client/signal.js';
import * as start from './client/start-player.js';
import * as transcript from './client/transcript-view.js';
import * as video from './client/video-view.js';
import * as watchProgress from './client/watch-progress.js';

const MODULES = [dom, signal, progressStore, createPlayer, video, lessonList, chapterBar, transcript, quiz, about, pageControls, watchProgress, start];

/**
 * The page's script: the source text of every function that the modules of `client/` export, in one scope. So these modules hold
 * exported functions alone (no constants, no classes), each name is there once, and they import nothing but types and each other.
 */
export function playerScript(): string {
  const functions = MODULES.flatMap((module) => Object.entries(module) as [string, unknown][]);
  const seen = new Set<string>();
  for (const [name, value] of functions) {
    if (typeof value !== 'function' || value.name !== name || seen.has(name)) throw new Error(`"${name}" cannot be part of the player's script.`);
    seen.add(name);
  }
  const sources = functions.map(([, value]) => String(value));
  return `(() => {\n'use strict';\n${sources.join('\n')}\nstartPlayer();\n})();`;
}
