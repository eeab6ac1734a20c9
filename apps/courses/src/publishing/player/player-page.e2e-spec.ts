import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { findProgram } from '@tecnocursos/engines';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';
import type { PlayerCourse } from './player-course.js';
import { playerCourse } from './player-page.fixture.js';
import { renderPlayerPage } from './player-page.js';
import { CHROMIUM_ARGUMENTS, findChromium, makeMedia, servePlayer, type PlayerMedia, type PlayerSite } from './player-site.fixture.js';

const executablePath = findChromium();
const missing = [executablePath === null && 'chromium', findProgram('ffmpeg') === null && 'ffmpeg'].filter((name) => name !== false);
const SECONDS = 30;

if (missing.length > 0) {
  describe.skip(`the player page in Chromium: NOT RUN, because ${missing.join(' and ')} is not installed ("apt-get install ${missing.join(' ')}")`, () => {
    it('is not tested on this machine', () => undefined);
  });
} else {
  describe('the player page in Chromium', () => {
    let browser: Browser;
    let media: PlayerMedia;
    let site: PlayerSite;
    let context: BrowserContext;
    let page: Page;
    let problems: string[];

    beforeAll(async () => {
      [media, browser] = await Promise.all([
        makeMedia(SECONDS),
        chromium.launch({ ...(executablePath !== null && { executablePath }), args: CHROMIUM_ARGUMENTS }),
      ]);
      site = await servePlayer(renderPlayerPage(playerCourse({ durationMs: SECONDS * 1_000 })), media);
    }, 60_000);

    afterAll(async () => {
      await browser?.close();
      await site?.close();
    });

    beforeEach(async () => {
      context = await browser.newContext({ viewport: { width: 1280, height: 800 }, reducedMotion: 'reduce' });
      problems = [];
      page = await openPage(context, problems, site.folder);
    });

    afterEach(async () => {
      await context.close();
      expect(problems).toEqual([]);
    });

    const time = (): Promise<number> => page.evaluate<number>('document.getElementById("video").currentTime');
    const until = (expression: string): Promise<void> => becomesTrue(page, expression);
    const expectTime = (low: number, high: number): Promise<void> =>
      until(`(() => { const at = document.getElementById("video").currentTime; return at >= ${low} && at <= ${high}; })()`);
    const seek = (seconds: number): Promise<unknown> => page.evaluate(`document.getElementById("video").currentTime = ${seconds}`);
    const tab = (name: string) => page.getByRole('tab', { name });
    const chapterStart = (index: number): number => (playerCourse({ durationMs: SECONDS * 1_000 }).lessons[0]?.chapters[index]?.start_ms ?? 0) / 1_000;

    it('plays the video, at the chosen speed', async () => {
      await page.getByLabel('Velocidade').selectOption('2');
      await page.evaluate('document.getElementById("video").play()');
      await expectTime(1.5, SECONDS);
      expect(await page.evaluate('document.getElementById("video").playbackRate')).toBe(2);
      expect(await page.evaluate('document.getElementById("video").videoWidth')).toBe(1280);
    });

    it('goes to a chapter, and marks it', async () => {
      const chapter = page.locator('.chapter-button:visible', { hasText: 'Ciclo de Calvin' });
      await chapter.click();
      await expectTime(chapterStart(2), chapterStart(2) + 3);
      await page.locator('[aria-current="step"]', { hasText: 'Ciclo de Calvin' }).waitFor();
      expect(await page.locator('[aria-current="step"]').count()).toBe(1);
      expect(await page.locator('#chapter-name').textContent()).toBe('Ciclo de Calvin');
      await page.getByRole('button', { name: 'Capítulo anterior' }).click();
      await expectTime(chapterStart(1), chapterStart(1) + 3);
    });

    it('shows captions when they are switched on, also in the next lesson', async () => {
      const toggle = page.getByRole('button', { name: 'Legendas' });
      expect(await toggle.getAttribute('aria-pressed')).toBe('false');
      await toggle.click();
      const shown = `(() => { const [track] = document.getElementById("video").textTracks; return track.mode === "showing" && track.activeCues?.[0]?.text; })()`;
      await seek(1);
      await until(shown);
      expect(await page.evaluate(shown)).toContain('folhas são verdes');
      await page.getByRole('button', { name: /A fase clara e o ciclo/u }).click();
      await until(shown);
      expect(await page.evaluate('document.getElementById("video").textTracks.length')).toBe(1);
      await toggle.click();
      await until('document.getElementById("video").textTracks[0].mode === "hidden"');
    });

    it('follows in the transcript, and goes where it is clicked', async () => {
      await page.setViewportSize({ width: 1280, height: 480 });
      await tab('Transcrição').click();
      await seek(chapterStart(2) + 0.5);
      const current = page.locator('.sentence.is-current');
      await current.filter({ hasText: 'No ciclo de Calvin' }).waitFor();
      const inside = `(() => { const box = document.getElementById("transcript-text").getBoundingClientRect(); const line = document.querySelector(".sentence.is-current").getBoundingClientRect(); return line.top >= box.top && line.bottom <= box.bottom; })()`;
      expect(await page.evaluate(inside)).toBe(true);
      await page.locator('.sentence', { hasText: 'Esse pigmento absorve' }).click();
      await current.filter({ hasText: 'Esse pigmento' }).waitFor();
      expect(await time()).toBeLessThan(chapterStart(1));
      await page.getByRole('button', { name: /Assistir a partir de/u }).nth(1).click();
      await expectTime(chapterStart(1), chapterStart(1) + 3);
    });

    it('asks the quiz, explains, scores, and remembers the score', async () => {
      await tab('Quiz').click();
      await page.getByRole('button', { name: 'Conferir resposta' }).click();
      await page.getByText('Escolha uma resposta').waitFor();
      for (const answer of ['Clorofila', 'glicose', 'Verdadeiro', 'Pelos estômatos', 'Um poro da folha']) {
        await page.getByLabel(answer).check();
        await page.getByRole('button', { name: 'Conferir resposta' }).click();
        if (answer === 'glicose') {
          await page.getByText('A resposta certa é: água').waitFor();
          await page.getByText('A quebra da água libera').waitFor();
        }
        await page.getByRole('button', { name: /Próxima pergunta|Ver resultado/u }).click();
      }
      await page.getByText('Você acertou 4 de 5').waitFor();
      expect(await page.evaluate('document.activeElement.id')).toBe('quiz-result');
      await tab('Aulas').click();
      await page.getByText('Quiz 4/5').waitFor();
      await page.reload();
      await page.getByText('Quiz 4/5').waitFor();
    });

    it('goes on where the reader stopped', async () => {
      await seek(12);
      await until(`JSON.parse(Object.values(localStorage)[0]).lessons["1"].position_ms > 11000`);
      await page.reload();
      await page.getByText('Continuando de 0:12').waitFor();
      await expectTime(11.5, 12.5);
      await page.getByRole('button', { name: 'Recomeçar' }).click();
      await expectTime(0, 0.1);
    });

    it('counts a lesson that was seen to its end, and leads to the next', async () => {
      await seek(SECONDS - 0.6);
      await page.evaluate('document.getElementById("video").play()');
      await page.locator('#lesson-end').getByText('Aula concluída!').waitFor();
      await page.getByText('Concluídas: 1 de 4').waitFor();
      await page.getByRole('button', { name: 'Próxima aula' }).click();
      await page.getByRole('heading', { level: 2, name: 'A fase clara e o ciclo de Calvin' }).waitFor();
      await expectTime(0.2, 5);
    });

    it('works from the keyboard alone', async () => {
      await page.keyboard.press('Tab');
      expect(await page.evaluate('document.activeElement.className')).toBe('skip-link');
      const tabTo = async (id: string): Promise<void> => {
        for (let presses = 0; presses < 40; presses += 1) {
          if ((await page.evaluate('document.activeElement.id')) === id) return;
          await page.keyboard.press('Tab');
        }
        throw new Error(`Tab does not lead to ${id}.`);
      };
      await tabTo('video');
      await page.keyboard.press('Space');
      await until('!document.getElementById("video").paused');
      await tabTo('next-chapter');
      await page.keyboard.press('Enter');
      await expectTime(chapterStart(1), chapterStart(1) + 4);
      await tabTo('captions-toggle');
      await page.keyboard.press('Space');
      expect(await page.locator('#captions-toggle').getAttribute('aria-pressed')).toBe('true');
      await tabTo('tab-lessons');
      await page.keyboard.press('ArrowLeft');
      expect(await page.evaluate('document.activeElement.id')).toBe('tab-quiz');
      await page.keyboard.press('Tab');
      await page.keyboard.press('Space');
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('Enter');
      await page.getByText('Resposta certa!').waitFor();
      expect(await page.evaluate('getComputedStyle(document.activeElement).outlineStyle')).toBe('solid');
      await page.keyboard.press('Enter');
      await page.getByText('Pergunta 2 de 5').waitFor();
      expect(await page.evaluate('document.activeElement.id')).toBe('quiz-prompt');
    });

    it.each([320, 360, 768])('fits a screen of %i px without scrolling sideways', async (width) => {
      await page.setViewportSize({ width, height: 740 });
      for (const name of ['Aulas', 'Transcrição', 'Quiz']) {
        await tab(name).click();
        expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width);
      }
      const small = await page.locator('button:visible, select:visible, a.download:visible').evaluateAll((elements: unknown[]) =>
        (elements as { getBoundingClientRect(): { width: number; height: number } }[]).filter((element) => {
          const box = element.getBoundingClientRect();
          return box.width < 24 || box.height < 24;
        }).length,
      );
      expect(small).toBe(0);
    });

    it('changes and keeps its theme', async () => {
      const ground = 'getComputedStyle(document.body).backgroundColor';
      const light = await page.evaluate(ground);
      await page.getByRole('button', { name: 'Tema escuro' }).click();
      expect(await page.evaluate(ground)).not.toBe(light);
      await page.reload();
      expect(await page.evaluate(ground)).not.toBe(light);
    });

    it('works where storage is forbidden', async () => {
      await page.addInitScript(`Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no', 'SecurityError'); } });`);
      await page.reload();
      await page.getByRole('button', { name: 'Concluir aula' }).click();
      await page.getByText('Concluídas: 1 de 4').waitFor();
    });

    it('shows hostile texts as texts', async () => {
      const hostile = hostileCourse();
      const other = await servePlayer(renderPlayerPage(hostile), media);
      try {
        const attacked = await openPage(context, problems, other.folder);
        await attacked.getByRole('heading', { level: 1, name: hostile.title }).waitFor();
        for (const name of ['Transcrição', 'Quiz']) await attacked.getByRole('tab', { name }).click();
        expect(await attacked.evaluate('window.attacked ?? false')).toBe(false);
        expect(await attacked.locator('img').count()).toBe(0);
        await attacked.close();
      } finally {
        await other.close();
      }
    });
  });
}

/** Opens the page, and gathers every console error and every request that leaves the page's own folder. */
async function openPage(context: BrowserContext, problems: string[], folder: string): Promise<Page> {
  const page = await context.newPage();
  page.setDefaultTimeout(8_000);
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') problems.push(message.text());
  });
  page.on('pageerror', (error) => problems.push(error.message));
  page.on('request', (request) => {
    const url = request.url();
    if (!url.startsWith(folder) && !url.startsWith('data:') && !url.startsWith('blob:')) problems.push(`request to ${url}`);
  });
  page.on('response', (response) => {
    if (response.status() >= 400) problems.push(`${response.status()} ${response.url()}`);
  });
  await page.goto(`${folder}player.html`);
  return page;
}

/** Polls from outside: Playwright's own waiting compiles code inside the page, which the page's policy forbids. */
async function becomesTrue(page: Page, expression: string): Promise<void> {
  const deadline = Date.now() + 6_000;
  while (Date.now() < deadline) {
    if (await page.evaluate<unknown>(expression)) return;
    await page.waitForTimeout(50);
  }
  throw new Error(`Never true: ${expression}`);
}

function hostileCourse(): PlayerCourse {
  const attack = `</script><img src=x onerror="window.attacked=true"><script>window.attacked=true</script>`;
  const course = playerCourse({ durationMs: SECONDS * 1_000 });
  const lessons = course.lessons.map((lesson) => ({
    ...lesson,
    title: attack,
    summary: attack,
    objectives: [attack],
    key_terms: [{ term: attack, definition: attack }],
    chapters: lesson.chapters.map((chapter) => ({ ...chapter, title: attack })),
    transcript: [{ slide: 1, heading: attack, start_ms: 0, end_ms: 900, sentences: [{ start_ms: 0, end_ms: 900, text: attack }] }],
    questions: lesson.questions.map((question) => ({ ...question, prompt: attack, options: [attack, 'x'], answer_index: 0, explanation: attack })),
  }));
  return { ...course, title: attack, lessons };
}
