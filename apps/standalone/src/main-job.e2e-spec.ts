import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Course } from '@tecnocursos/contracts';
import { runProgram } from '@tecnocursos/engines';
import { chromium } from 'playwright-core';
import { download, type CourseApi } from './testing/course-api.harness.js';
import { PlatformProcess } from './testing/platform.harness.js';

const TITLE = 'O ciclo da água';
const TEXT = `## O que é o ciclo da água

O ciclo da água é o movimento contínuo da água entre a terra, os rios, os mares e a atmosfera. O Sol aquece a superfície e fornece a energia de todo o processo. Sem esse movimento não haveria chuva nem rios.

## As etapas

A evaporação é a passagem da água do estado líquido para o vapor. A condensação é a formação de pequenas gotas nas nuvens. A precipitação é a queda da água como chuva, neve ou granizo. Cerca de 97% da água do planeta está nos oceanos.

- Evaporação
- Condensação
- Precipitação
`;

async function files(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  return entries.filter((entry) => entry.isFile() && !entry.parentPath.includes('.meta') && !entry.name.startsWith('.')).map((entry) => join(entry.parentPath, entry.name));
}

const CHROMIUM = ['/usr/bin/chromium', '/usr/bin/google-chrome', '/usr/bin/chromium-browser'].find((path) => existsSync(path));
const CHROMIUM_FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];
const withChromium = CHROMIUM === undefined ? it.skip : it;
if (CHROMIUM === undefined) console.warn('No Chromium is installed: the published page was not opened in a browser.');

describe('the main job, through HTTP', () => {
  let platform: PlatformProcess;
  let api: CourseApi;
  let course: Course;
  let scratch: string;

  beforeAll(async () => {
    scratch = await mkdtemp(join(tmpdir(), 'tecnocursos-artifacts-'));
    platform = await PlatformProcess.start();
    api = platform.api;
    const created = await api.createText(TITLE, TEXT, {}, { 'idempotency-key': 'main-job-1' });
    course = await api.finished(created.id);
  }, 90_000);

  afterAll(async () => {
    await platform?.dispose();
    await rm(scratch, { recursive: true, force: true });
  });

  it('publishes a course with lessons, links and no cost', () => {
    expect(course).toMatchObject({ state: 'published', progress: 1, title: TITLE, language: 'pt-BR', error: null, cost: { amount_micros: 0 } });
    expect(course.lessons.length).toBeGreaterThan(0);
    expect(course.steps.every(({ state }) => state === 'done')).toBe(true);
  });

  it('makes a video that plays: H.264 and AAC, 1280×720, index first, as long as it says', async () => {
    const [lesson] = course.lessons;
    const path = join(scratch, 'video.mp4');
    await download(lesson?.artifacts?.video ?? '', path);
    const probe = await runProgram('ffprobe', ['-v', 'error', '-show_streams', '-show_format', '-show_chapters', '-of', 'json', path]);
    const { streams, format, chapters } = JSON.parse(probe.stdout.toString()) as { streams: { codec_type: string; codec_name: string; width?: number; height?: number }[]; format: { duration: string }; chapters: unknown[] };
    const media = streams.filter(({ codec_type }) => codec_type === 'video' || codec_type === 'audio'); // beside the chapters' track
    expect(media.map(({ codec_name }) => codec_name).sort()).toEqual(['aac', 'h264']);
    expect(streams.find(({ codec_name }) => codec_name === 'h264')).toMatchObject({ width: 1280, height: 720 });
    expect(Math.abs(Number(format.duration) - (lesson?.duration_s ?? 0))).toBeLessThan(0.5);
    expect(chapters.length).toBeGreaterThan(0);
    const bytes = await readFile(path);
    expect(bytes.indexOf('moov')).toBeLessThan(bytes.indexOf('mdat'));
  });

  it('writes captions of what is said, in time', async () => {
    const vtt = await (await fetch(course.lessons[0]?.artifacts?.captions ?? '')).text();
    expect(vtt.startsWith('WEBVTT')).toBe(true);
    expect(vtt).toContain('evaporação');
    expect(vtt).toContain('97%'); // as written, though spoken as words
    const ends = [...vtt.matchAll(/--> (\d\d):(\d\d):(\d\d\.\d{3})/g)].map(([, h, m, s]) => Number(h) * 3600 + Number(m) * 60 + Number(s));
    expect(Math.max(...ends)).toBeLessThanOrEqual((course.lessons[0]?.duration_s ?? 0) + 0.1);
  });

  withChromium('opens as a page in Chromium from its signed link, and plays', async () => {
    const browser = await chromium.launch({ executablePath: CHROMIUM ?? '', args: CHROMIUM_FLAGS });
    try {
      const page = await browser.newPage();
      const complaints: string[] = [];
      page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
      page.on('pageerror', (error) => complaints.push(error.message));
      await page.goto(course.player_url ?? '');
      expect(await page.title()).toContain(TITLE);
      const played = await page.evaluate(`(async () => {
        const video = document.querySelector('video');
        video.muted = true;
        await video.play();
        while (video.currentTime < 0.2) await new Promise((resolve) => setTimeout(resolve, 50));
        return { width: video.videoWidth };
      })()`);
      expect(played).toEqual({ width: 1280 });
      expect(complaints).toEqual([]);
    } finally {
      await browser.close();
    }
  }, 30_000);

  it('asks questions about the text', async () => {
    const quiz = (await (await fetch(course.lessons[0]?.artifacts?.quiz ?? '')).json()) as { questions: { prompt: string; options: string[]; answer_index: number }[] };
    expect(quiz.questions).toHaveLength(5);
    for (const { options, answer_index: answer } of quiz.questions) expect(options[answer]).toBeDefined();
  });

  it('tells the owner once, with a message that can be read at a URL', async () => {
    const mails = (await api.mails()).filter(({ subject }) => subject.includes(TITLE));
    expect(mails).toHaveLength(1);
    const page = await fetch(mails[0]?.url ?? '');
    expect(page.status).toBe(200);
    expect(await page.text()).toContain('index.html');
  });

  it('tells the history from any point', async () => {
    const all = await api.events(course.id);
    expect(all.map(({ sequence }) => sequence)).toEqual(all.map((_, index) => index + 1));
    const [first] = all;
    expect(first?.type).toBe('course.created');
    const middle = Math.floor(all.length / 2);
    expect(await api.events(course.id, middle)).toEqual(all.slice(middle));
  });

  it('answers a repeated request with the same course, and another one under its key with 422', async () => {
    const again = await api.send('POST', '/api/courses', { body: JSON.stringify({ title: TITLE, text: TEXT }), headers: { 'idempotency-key': 'main-job-1' } });
    expect(again.status).toBe(202);
    expect(((await again.json()) as Course).id).toBe(course.id);
    const other = await api.problem(api.send('POST', '/api/courses', { body: JSON.stringify({ title: 'Outro', text: TEXT }), headers: { 'idempotency-key': 'main-job-1' } }));
    expect(other).toMatchObject({ status: 422, code: 'idempotency_key_reused' });
  });

  it('makes one course of twenty equal requests at once', async () => {
    const bodies = await Promise.all(Array.from({ length: 20 }, () => api.createText('Um só', 'Um texto curto sobre a água. A água é um recurso natural.', {}, { 'idempotency-key': 'burst' })));
    expect(new Set(bodies.map(({ id }) => id)).size).toBe(1);
    await api.finished(bodies[0]?.id ?? '');
    expect((await api.mails()).filter(({ subject }) => subject.includes('Um só'))).toHaveLength(1);
  }, 60_000);

  it('takes a text that is larger than a message of the bus', async () => {
    const long = Array.from({ length: 2_500 }, (_, index) => `Frase número ${index} sobre a água, a chuva e os rios do planeta, para encher.`).join('\n\n');
    const created = await api.createText('Texto longo', long);
    expect(created.state).toBe('processing');
    expect((await api.send('DELETE', `/api/courses/${created.id}`)).status).toBe(204);
  }, 30_000);

  it('lists courses by pages, newest first', async () => {
    const first = await api.json<{ data?: Course[]; courses?: Course[]; next_cursor: string | null }>('GET', '/api/courses?limit=1');
    expect(first.next_cursor).not.toBeNull();
    const second = await api.json<typeof first>('GET', `/api/courses?limit=1&cursor=${first.next_cursor ?? ''}`);
    const ids = [first, second].map((page) => (page.courses ?? page.data ?? [])[0]?.id);
    expect(new Set(ids).size).toBe(2);
  });

  it('stops a course at work, and says so', async () => {
    const created = await api.createText('Cancelado', TEXT.repeat(4));
    await api.events(created.id, 0, ({ data }) => data.step === 'outline');
    const canceled = await api.json<Course>('POST', `/api/courses/${created.id}/cancel`);
    expect(canceled.state).toBe('canceled');
    const types = (await api.events(created.id)).map(({ type }) => type);
    expect(types.at(-1)).toBe('course.canceled');
    expect(await api.problem(api.send('POST', `/api/courses/${created.id}/cancel`))).toMatchObject({ status: 409, code: 'conflict' });
    expect(await api.problem(api.send('POST', `/api/courses/${course.id}/retry`))).toMatchObject({ status: 409, code: 'conflict' });
    expect((await api.send('DELETE', `/api/courses/${created.id}`)).status).toBe(204);
  }, 30_000);

  it('deletes a course with everything that was stored of it', async () => {
    const link = course.lessons[0]?.artifacts?.video ?? '';
    expect((await api.send('DELETE', `/api/courses/${course.id}`)).status).toBe(204);
    expect((await fetch(link)).status).toBe(404);
    expect(await api.problem(api.send('GET', `/api/courses/${course.id}`))).toMatchObject({ status: 404, code: 'not_found' });
    const left = (await files(join(platform.directory, 'storage'))).filter((file) => file.includes(course.id));
    expect(left).toEqual([]);
  });

  it('ends within five seconds', async () => {
    await api.createText('Ainda a fazer', TEXT);
    expect(await platform.stop()).toBeLessThan(5_000);
  }, 15_000);
});
