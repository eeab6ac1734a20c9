import { attachAbout } from './about-view.js';
import { attachChapterBar } from './chapter-bar.js';
import { createPlayer, lessonIndexOf, readPlayerData } from './create-player.js';
import { browser } from './dom.js';
import { attachLessonList } from './lesson-list.js';
import { attachTabs, attachTheme } from './page-controls.js';
import { attachQuiz } from './quiz-view.js';
import { attachTranscript } from './transcript-view.js';
import { attachCaptions, attachSpeed, attachVideo } from './video-view.js';
import { attachCompletion, attachCourseProgress, attachLessonEnd, attachResume } from './watch-progress.js';

export function startPlayer(): void {
  const player = createPlayer(readPlayerData());
  const parts = [
    attachTheme, attachTabs, attachVideo, attachCaptions, attachSpeed, attachLessonList, attachChapterBar, attachTranscript,
    attachQuiz, attachAbout, attachCompletion, attachCourseProgress, attachLessonEnd, attachResume,
  ];
  for (const attach of parts) attach(player);
  player.tabOpened.send('lessons');
  player.open(lessonIndexOf(player, player.store.preferences().lesson));
  browser().document.documentElement.classList.add('is-ready');
}
