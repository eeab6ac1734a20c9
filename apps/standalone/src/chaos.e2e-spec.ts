import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Course } from '@tecnocursos/contracts';
import { findProgram } from '@tecnocursos/engines';
import { newApiKey } from '@tecnocursos/identity';
import { startDistributed, type AppName, type DistributedPlatform } from './distributed.js';
import { CourseApi } from './testing/course-api.harness.js';
import { ofThisProcess } from './testing/platform.harness.js';

const COURSES = 20;
const SEED = Number(process.env['CHAOS_SEED'] ?? 1);
const KILLS = Number(process.env['CHAOS_KILLS'] ?? 14);
const VICTIMS: readonly (AppName | 'nats-server')[] = ['courses', 'tts', 'avatar-video', 'ai', 'storage', 'notifications', 'gateway', 'billing', 'identity', 'nats-server'];
const TEXT = 'A água é um recurso natural. A evaporação é a passagem da água para o vapor. A chuva é a queda da água das nuvens.';

/** Numbers in [0, 1) that are the same for the same seed (mulberry32). */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** As a client does: the same request with the same key until it is answered. */
async function createUntilAnswered(api: CourseApi, number: number): Promise<Course> {
  for (let attempt = 0; attempt < 40; attempt += 1) {
    try {
      return await api.createText(`Curso ${number}`, TEXT, {}, { 'idempotency-key': `chaos-${number}` });
    } catch {
      await pause(500);
    }
  }
  throw new Error(`Course ${number} could not be created`);
}

async function storedFiles(directory: string): Promise<string[]> {
  const entries = await readdir(join(directory, 'storage'), { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}

const isPossible = findProgram('postgres') !== null;
if (!isPossible) console.warn('PostgreSQL is not installed: the test that kills services at random did not run.');

(isPossible ? describe : describe.skip)(`services and broker that are killed at random (seed ${SEED})`, () => {
  let directory: string;
  let platform: DistributedPlatform;
  let api: CourseApi;

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'tecnocursos-chaos-'));
    const apiKey = newApiKey();
    platform = await startDistributed({
      ...ofThisProcess(), DATA_DIR: directory, PORT: '0', LOG_LEVEL: 'silent', LOG_FORMAT: 'json',
      IDENTITY_BOOTSTRAP_API_KEY: apiKey, BILLING_COMPLIMENTARY_PLAN: 'enterprise',
    });
    api = new CourseApi(platform.url, apiKey);
    for (let tries = 0; tries < 200 && !(await fetch(`${platform.url}/api/health`).catch(() => null))?.ok; tries += 1) await pause(100);
  }, 90_000);
  afterAll(async () => {
    await platform?.close();
    await rm(directory, { recursive: true, force: true });
  }, 30_000);

  it('lose no course, send one message each, and leave nothing behind', async () => {
    const random = randomFrom(SEED);
    const creating = Promise.all(Array.from({ length: COURSES }, (_, number) => createUntilAnswered(api, number)));
    for (let kill = 0; kill < KILLS; kill += 1) {
      await pause(400 + random() * 1_200);
      const victim = VICTIMS[Math.floor(random() * VICTIMS.length)] ?? 'courses';
      if (victim === 'nats-server') platform.broker?.kill();
      else platform.processes.get(victim)?.kill();
    }
    const created = await creating;
    const courses = [];
    for (const { id } of created) courses.push(await api.finished(id, 200_000));
    expect(courses.map(({ state }) => state)).toEqual(Array.from({ length: COURSES }, () => 'published'));
    expect(courses.map(({ steps }) => steps.at(-1)?.state)).toEqual(Array.from({ length: COURSES }, () => 'done'));

    const subjects = (await api.mails()).map(({ subject }) => subject);
    const counts = courses.map(({ title }) => subjects.filter((subject) => subject.includes(`“${title}”`)).length);
    expect(counts).toEqual(Array.from({ length: COURSES }, () => 1));

    for (const { id } of courses) expect((await api.send('DELETE', `/api/courses/${id}`)).status).toBe(204);
    const left = (await storedFiles(directory)).filter((file) => /uploads|courses/.test(file));
    expect(left).toEqual([]);
  }, 300_000);
});
