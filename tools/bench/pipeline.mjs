import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Api } from '../lib/api.mjs';
import { launchPlatform, newApiKey, root } from '../lib/platform.mjs';
import { measureFloors } from './floors.mjs';
import { watchMemory } from './memory.mjs';

const WANTED_S = 600;
const QUEUED = 20;
const SHORT = 'samples/lesson-water-cycle.md';

const sum = (numbers) => numbers.reduce((total, number) => total + number, 0);

async function publish(api, file, options) {
  const started = performance.now();
  const created = await api.uploadCourse(file, options);
  for await (const { type, data } of api.events(created.id)) if (type === 'course.failed') throw new Error(data.error.detail);
  const wallS = (performance.now() - started) / 1000;
  return { course: await api.course(created.id), wallS };
}

/** The sample lesson as Markdown chapters, repeated with other numbers until it is long enough to speak for ten minutes. */
async function longDocument(directory, copies) {
  const lesson = await readFile(join(root, SHORT), 'utf8');
  const chapters = Array.from({ length: copies }, (_, index) => lesson.replaceAll(/^# (.*)$/gm, `# $1, part ${index + 1}`));
  const file = join(directory, 'long.md');
  await writeFile(file, chapters.join('\n\n'));
  return file;
}

async function queued(api, memory, file) {
  memory.take();
  const started = performance.now();
  const ids = await Promise.all(Array.from({ length: QUEUED }, async () => (await api.uploadCourse(file)).id));
  await Promise.all(ids.map(async (id) => {
    for await (const { type, data } of api.events(id)) if (type === 'course.failed') throw new Error(data.error.detail);
  }));
  return { peak_rss_mb: memory.take(), wall_s: Math.round((performance.now() - started) / 100) / 10 };
}

export async function run({ say }) {
  const directory = await mkdtemp(join(tmpdir(), 'tecnocursos-bench-'));
  const apiKey = newApiKey();
  const platform = await launchPlatform({
    apiKey, stdio: 2,
    env: { DATA_DIR: join(directory, 'data'), PORT: '0', LOG_LEVEL: 'error', BILLING_COMPLIMENTARY_PLAN: 'enterprise' },
  });
  const memory = watchMemory(platform.child.pid);
  try {
    const api = new Api(platform.url, apiKey);
    const warm = await publish(api, join(root, SHORT), {});
    const perCopy = sum(warm.course.lessons.map(({ duration_s }) => duration_s));
    const file = await longDocument(directory, Math.ceil(WANTED_S / perCopy));
    memory.take();
    const { course, wallS } = await publish(api, file, {});
    const videoS = sum(course.lessons.map(({ duration_s }) => duration_s));
    const peak = memory.take();
    const steps = course.steps.map(({ kind, elapsed_ms, work_ms, total }) => ({ kind, elapsed_ms, work_ms, total }));
    for (const step of steps) say(`${step.kind.padEnd(9)} ${String(step.elapsed_ms).padStart(6)} ms   ${step.total} × , ${step.work_ms} ms of work`);
    say(`${videoS.toFixed(0)} s of video in ${wallS.toFixed(1)} s: ${(videoS / wallS).toFixed(1)} times real time; peak ${peak} MB`);
    const waiting = await queued(api, memory, join(root, SHORT));
    say(`${QUEUED} courses at once: ${waiting.wall_s} s; peak ${waiting.peak_rss_mb} MB`);
    const floors = await measureFloors(directory, await readFile(file, 'utf8'));
    say(`floors, times real time: ${JSON.stringify(floors)}`);
    return {
      realtime_factor: Number((videoS / wallS).toFixed(1)), video_s: Math.round(videoS), wall_s: Number(wallS.toFixed(1)),
      peak_rss_mb: peak, queued_20: waiting, floors, steps,
    };
  } finally {
    memory.stop();
    await platform.stop();
    await rm(directory, { recursive: true, force: true });
  }
}
