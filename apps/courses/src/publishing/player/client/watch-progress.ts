import { browser, byId, clock, fill, onClick } from './dom.js';
import type { Player } from './player.types.js';

/** Remembers where the reader stopped in each lesson, and goes on from there. */
export function attachResume(player: Player): void {
  const notice = byId('resume-notice');
  let savedAt = 0;
  const save = (): void => {
    if (player.video.readyState === 0) return;
    player.store.changeLesson(player.lesson().number, { position_ms: Math.round(player.video.currentTime * 1000) });
  };
  player.lessonOpened.listen((lesson) => {
    const { position_ms } = player.store.lesson(lesson.number);
    const useful = position_ms > 5_000 && position_ms < lesson.duration_ms - 5_000;
    notice.hidden = !useful;
    savedAt = position_ms;
    if (!useful) return;
    byId('resume-text').textContent = fill(player.text.resumed, { time: clock(position_ms) });
    player.seek(position_ms);
  });
  player.timeChanged.listen((now) => {
    if (Math.abs(now - savedAt) < 2_000) return;
    savedAt = now;
    save();
  });
  player.video.addEventListener('pause', save);
  browser().addEventListener('pagehide', save);
  attachResumeNotice(player);
}

export function attachResumeNotice(player: Player): void {
  const notice = byId('resume-notice');
  const close = (): void => {
    notice.hidden = true;
    player.video.focus();
  };
  onClick(byId('resume-dismiss'), close);
  onClick(byId('resume-restart'), () => {
    player.seek(0);
    close();
  });
  player.video.addEventListener('play', () => {
    notice.hidden = true;
  });
}

/** A lesson counts as watched when its last twentieth is reached, or when the reader says so. */
export function attachCompletion(player: Player): void {
  const button = byId('watched-toggle');
  const mark = (watched: boolean): void => {
    player.store.changeLesson(player.lesson().number, { watched });
    player.progressChanged.send(null);
  };
  const isWatched = (): boolean => player.store.lesson(player.lesson().number).watched;
  const show = (): void => {
    button.setAttribute('aria-pressed', String(isWatched()));
    byId('watched-text').textContent = isWatched() ? player.text.watched : player.text.mark_watched;
  };
  player.lessonOpened.listen(show);
  player.progressChanged.listen(show);
  onClick(button, () => mark(!isWatched()));
  player.timeChanged.listen((now) => {
    const length = player.video.duration * 1000;
    if (length > 0 && now >= length * 0.95 && !player.video.paused && !isWatched()) mark(true);
  });
  player.video.addEventListener('ended', () => mark(true));
}

export function attachCourseProgress(player: Player): void {
  const show = (): void => {
    const total = player.course.lessons.length;
    const done = player.course.lessons.filter((lesson) => player.store.lesson(lesson.number).watched).length;
    const text = fill(player.text.progress_count, { done, total });
    byId('course-progress-text').textContent = text;
    const bar = byId('course-progress');
    bar.setAttribute('aria-valuenow', String(done));
    bar.setAttribute('aria-valuetext', text);
    bar.style.setProperty('--done', String(done / total));
  };
  player.progressChanged.listen(show);
  show();
}

/** What comes after the last second: the quiz and the next lesson. */
export function attachLessonEnd(player: Player): void {
  const card = byId('lesson-end');
  const next = byId('next-lesson');
  const lastIndex = player.course.lessons.length - 1;
  const index = (): number => player.course.lessons.indexOf(player.lesson());
  player.lessonOpened.listen(() => {
    card.hidden = true;
    next.hidden = index() === lastIndex;
    byId('take-quiz').hidden = player.lesson().questions.length === 0;
  });
  player.video.addEventListener('ended', () => {
    const all = player.course.lessons.every((lesson) => player.store.lesson(lesson.number).watched);
    const message = all ? player.text.course_finished : player.text.lesson_finished;
    byId('lesson-end-text').textContent = message;
    card.hidden = false;
    player.announce(message);
  });
  for (const type of ['play', 'seeking']) {
    player.video.addEventListener(type, () => {
      card.hidden = true;
    });
  }
  attachLessonEndButtons(player, index);
}

export function attachLessonEndButtons(player: Player, index: () => number): void {
  onClick(byId('watch-again'), () => {
    player.seek(0);
    player.play();
    player.video.focus();
  });
  onClick(byId('take-quiz'), () => {
    player.tabOpened.send('quiz');
    byId('tab-quiz').focus();
  });
  onClick(byId('next-lesson'), () => {
    player.open(index() + 1);
    player.play();
    player.video.focus();
  });
}
