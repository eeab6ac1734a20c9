// The main job, end to end: starts the platform, turns a lesson document into a published course, and says what it made.
// Flags: --file <document> --language <pt-BR|en> --voice --theme --aspect --lesson-minutes --presenter --presenter-provider --presenter-scenes --background --effects --json --distributed
// With --presenter the vendors of every step are used: those whose keys are set for real, the others as the sandbox simulates them. The presenter is filmed for every
// slide; --presenter-scenes titles has the title slides filmed alone, which costs less where a vendor is paid.
import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { parseArgs } from 'node:util';
import { Api } from './lib/api.mjs';
import { launchPlatform, newApiKey, root } from './lib/platform.mjs';
import { ProgressBars } from './lib/progress.mjs';

const { values: flags } = parseArgs({
  options: {
    file: { type: 'string' }, language: { type: 'string' }, voice: { type: 'string' }, theme: { type: 'string' }, aspect: { type: 'string' },
    'lesson-minutes': { type: 'string' }, presenter: { type: 'string' }, 'presenter-provider': { type: 'string' }, 'presenter-scenes': { type: 'string' }, background: { type: 'string' }, effects: { type: 'string' }, json: { type: 'boolean', default: false }, distributed: { type: 'boolean', default: false },
  },
});
const NOTIFY_LIMIT_MS = 30_000;
/** Asked first for a presenter; its simulation is there without a key. */
const PRESENTER_PROVIDER = 'synthesia';
const withPresenter = flags.presenter !== undefined && flags.presenter !== 'none';
/** Local engines stand before the sandbox; without them, what has no key is simulated. */
const VENDORS_ONLY = { LOCAL_AI_ENABLED: 'false', LOCAL_TTS_ENABLED: 'false', AVATAR_VIDEO_LOCAL_ENABLED: 'false' };
const say = (text = '') => (flags.json ? process.stderr : process.stdout).write(`${text}\n`);
const seconds = (ms) => `${(ms / 1000).toFixed(1)} s`;
const clock = (s) => `${Math.floor(s / 60)}:${String(Math.round(s % 60)).padStart(2, '0')}`;

function courseOptions() {
  const options = {
    language: flags.language, voice: flags.voice, theme: flags.theme, aspect: flags.aspect, lesson_minutes: flags['lesson-minutes'],
    presenter: flags.presenter, presenter_provider: flags['presenter-provider'] ?? (withPresenter ? PRESENTER_PROVIDER : undefined),
    presenter_scenes: flags['presenter-scenes'] ?? (withPresenter ? 'all' : undefined), background: flags.background, effects: flags.effects, simulated: withPresenter ? 'allowed' : undefined,
  };
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
}

async function makeCourse(api, file) {
  const created = await api.uploadCourse(file, courseOptions());
  const bars = new ProgressBars(flags.json ? process.stderr : process.stdout);
  for await (const { type, data } of api.events(created.id)) {
    if (type === 'step.finished') bars.update(data.step, data.done, data.total);
    if (type === 'course.failed') throw new Error(`The course failed: ${data.error?.detail ?? 'no reason given'}`);
  }
  const course = await api.waitForStep(created.id, 'notify', NOTIFY_LIMIT_MS);
  const notified = course.steps.find(({ kind }) => kind === 'notify');
  bars.update('notify', notified.done, notified.total);
  return course;
}

/** Copies what was published beside the project, so that it can be looked at when the platform has ended. */
async function saveCourse(course) {
  const folder = join(root, 'out', course.id);
  const base = course.player_url.slice(0, course.player_url.lastIndexOf('/') + 1);
  const urls = [course.player_url, ...course.lessons.flatMap(({ artifacts }) => Object.values(artifacts))];
  for (const url of urls) {
    const path = join(folder, url.slice(base.length));
    await mkdir(dirname(path), { recursive: true });
    const response = await fetch(url);
    if (!response.ok) throw new Error(`${url} answered ${response.status}`);
    await pipeline(Readable.fromWeb(response.body), createWriteStream(path));
  }
  return folder;
}

function summaryOf(course, folder, mail, wallMs) {
  return {
    course_id: course.id,
    title: course.title,
    lessons: course.lessons.map(({ number, title, duration_s, artifacts }) => ({
      number, title, duration_s, video: artifacts.video, captions: artifacts.captions, player_url: course.player_url,
    })),
    player_url: course.player_url,
    mailbox_message: mail,
    files: folder,
    steps: course.steps.map(({ kind, elapsed_ms, work_ms, total, provider, simulated }) => ({ kind, elapsed_ms, work_ms, total, provider: provider ?? null, simulated: simulated ?? null })),
    warnings: course.warnings,
    cost_usd: course.cost.amount_micros / 1_000_000,
    wall_s: Math.round(wallMs / 100) / 10,
  };
}

function printSummary(summary) {
  say(`\nPublished: ${summary.title}  (course ${summary.course_id})\n`);
  for (const { number, title, duration_s, video, captions } of summary.lessons) {
    say(`  Lesson ${number}  ${clock(duration_s)}  ${title}\n    video     ${video}\n    captions  ${captions}`);
  }
  say(`\n  Player   ${summary.player_url}`);
  say(`  E-mail   ${summary.mailbox_message ? `“${summary.mailbox_message.subject}” to ${summary.mailbox_message.to.join(', ')}  ${summary.mailbox_message.url}` : 'not sent'}`);
  say(`  Files    ${join(summary.files, 'index.html')}`);
  say('\n  Time per step');
  for (const { kind, elapsed_ms, work_ms, total, provider, simulated } of summary.steps) {
    say(`    ${kind.padEnd(10)} ${seconds(elapsed_ms).padStart(8)}   (${total} × , ${seconds(work_ms)} of work)${provider ? `   by ${provider}${simulated ? ', simulated' : ''}` : ''}`);
  }
  if (summary.warnings.length > 0) say(`\n  To know\n${summary.warnings.map((warning) => `    ${warning}`).join('\n')}`);
  say(`\n  Cost     US$ ${summary.cost_usd.toFixed(2)}\n  Time     ${summary.wall_s} s from upload to e-mail`);
  say('\nThe links open while the platform runs: npm start');
}

const file = resolve(process.env.INIT_CWD ?? process.cwd(), flags.file ?? join(root, 'samples', 'aula-fotossintese.pdf'));
let platform;
try {
  const apiKey = newApiKey();
  say('Starting the platform …');
  platform = await launchPlatform({
    distributed: flags.distributed, apiKey, stdio: flags.json ? 2 : 'inherit',
    env: { LOG_LEVEL: process.env.LOG_LEVEL ?? 'error', BILLING_COMPLIMENTARY_PLAN: process.env.BILLING_COMPLIMENTARY_PLAN ?? 'enterprise', ...(withPresenter && VENDORS_ONLY) },
  });
  if (platform.firstStart) say(`API key of the first tenant, shown this once: ${apiKey}`);
  const api = new Api(platform.url, apiKey);
  say(`Making a course of ${file}\n`);
  const started = performance.now();
  const course = await makeCourse(api, file);
  const wallMs = performance.now() - started;
  const { messages } = await api.request('/api/mailbox/messages?limit=20');
  const mail = messages.find(({ subject }) => subject.includes(course.title)) ?? null;
  const summary = summaryOf(course, await saveCourse(course), mail, wallMs);
  if (flags.json) process.stdout.write(`${JSON.stringify(summary)}\n`);
  else printSummary(summary);
} catch (error) {
  process.stderr.write(`\n${error instanceof Error ? error.message : error}\n`);
  process.exitCode = 1;
} finally {
  await platform?.stop();
}
