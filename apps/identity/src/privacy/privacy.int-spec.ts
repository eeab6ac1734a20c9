import { randomUUID } from 'node:crypto';
import { execFileSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inflateRawSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import {
  acceptInvitation, AppError, createInvitation, createPrivacyJob, getAccount, getPrivacyJob, getProcessingRecord, getRetention, getTenant, listAuditEntries, listConsents,
  listPrivacyJobs, newId, putCredential, putRetention, recordConsent, retryPrivacyJob, revealCredentials, signIn, subjectErasures, subjectExports, verifyAuditLog,
  type Actor, type PrivacyJob, type RequestOf, type SubjectEraseContract,
} from '@tecnocursos/contracts';
import { sql } from 'kysely';
import { IDENTITY_SCHEMA } from '../identity.tables.js';
import { CLIENT, IdentityHarness, PASSWORD } from '../identity.harness.js';
import { Housekeeping } from '../housekeeping.service.js';
import { PrivacyHousekeeping } from './privacy-housekeeping.service.js';
import { PrivacyWorker } from './privacy-worker.service.js';
import { SubjectSeal } from './subject-seal.service.js';
import { startStorage, type StorageStandIn } from './storage.harness.js';

const AGENT = 'canary-browser-4711';
const THERE = { address: '198.51.100.78', user_agent: 'canary-browser-0815' };
const HERE = { address: '198.51.100.77', user_agent: AGENT };

describe('privacy', () => {
  let identity: IdentityHarness;
  let storage: StorageStandIn;
  let count = 0;
  const stops: (() => void)[] = [];
  const newEmail = (): string => `titular${(count += 1)}@escola.example`;
  const as = (id: string): Actor => ({ type: 'account', id });
  const request = (tenantId: string, kind: 'export' | 'erase', accountId: string, actor = as(accountId)) =>
    identity.call(createPrivacyJob, { actor, kind, account_id: accountId, client: HERE }, tenantId);
  const finished = async (tenantId: string, id: string): Promise<PrivacyJob> => {
    for (const end = Date.now() + 15_000; Date.now() < end;) {
      const { job } = await identity.call(getPrivacyJob, { job_id: id }, tenantId);
      if (job.state === 'done' || job.state === 'incomplete') return job;
      if (await isBetweenPasses(id)) {
        identity.clock.advance(46_000);
        identity.get(PrivacyWorker).kick();
      }
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    throw new Error('The job did not end in time');
  };
  const isBetweenPasses = async (id: string): Promise<boolean> => {
    const { second_pass_at: at } = await identity.db.selectFrom('privacy_job').select('second_pass_at').where('id', '=', id).executeTakeFirstOrThrow();
    return at !== null && at > identity.clock.now();
  };
  const serveCourses = (erase: (request: RequestOf<SubjectEraseContract>, tenantId: string) => void = () => undefined): void => {
    stops.push(
      identity.serve(subjectExports.courses, ({ cursor }, tenantId) => cursor === undefined
        ? { records: [{ category: 'course', data: { title: 'Água', tenantId } }], objects: ['courses/1/video.mp4'], next_cursor: '2' }
        : { records: [{ category: 'course', data: { title: 'Ar' } }], objects: [], next_cursor: null }),
      identity.serve(subjectErasures.courses, (asked, tenantId) => {
        erase(asked, tenantId);
        return { erased: [{ category: 'course', count: 2 }], retained: [{ category: 'invoice', count: 1, reason: 'fiscal' }] };
      }),
    );
  };
  /** All text of identity's tables. */
  const dump = async (): Promise<string> => {
    const { rows: tables } = await sql<{ table_name: string }>`select table_name from information_schema.tables where table_schema = ${IDENTITY_SCHEMA}`.execute(identity.db);
    const contents = await Promise.all(tables.map(({ table_name: name }) => sql`select * from ${sql.id(IDENTITY_SCHEMA, name)}`.execute(identity.db)));
    return JSON.stringify(contents.map(({ rows }) => rows));
  };

  beforeAll(async () => {
    identity = await IdentityHarness.start({ IDENTITY_PRIVACY_SERVICES: 'identity,courses' });
    storage = await startStorage(identity);
  }, 60_000);
  afterAll(async () => {
    await identity?.stop();
    await storage?.close();
  });
  afterEach(() => stops.splice(0).forEach((stop) => stop()));

  it('records consents one after another, and tells what holds', async () => {
    const { accountId, tenantId } = await identity.member(newEmail());
    const consent = { account_id: accountId, purpose: 'marketing', text_version: '2026-11', client: HERE } as const;
    await identity.call(recordConsent, { ...consent, state: 'granted' }, tenantId);
    await identity.call(recordConsent, { ...consent, purpose: 'terms', state: 'granted' }, tenantId);
    identity.clock.advance(1_000);
    await identity.call(recordConsent, { ...consent, state: 'withdrawn' }, tenantId);
    const { current, history } = await identity.call(listConsents, { account_id: accountId }, tenantId);
    expect(current.map(({ purpose, state }) => [purpose, state])).toEqual([['terms', 'granted'], ['marketing', 'withdrawn']]);
    expect(history).toHaveLength(3);
    await expect(identity.call(recordConsent, { ...consent, state: 'granted' }, newId())).rejects.toMatchObject({ code: 'not_found' });
  });

  it('exports everything into one zip, for an hour by a link, and deletes it after its time', async () => {
    serveCourses();
    const { accountId, tenantId } = await identity.member(newEmail());
    storage.objects.set(`${tenantId}/courses/1/video.mp4`, Buffer.from('a video'));
    await identity.call(signIn, { email: `titular${count}@escola.example`, password: PASSWORD, client: HERE });
    const { job } = await request(tenantId, 'export', accountId);
    const done = await finished(tenantId, job.id);
    expect(done).toMatchObject({ state: 'done', kind: 'export', download_url: expect.stringContaining(`privacy/exports/${job.id}.zip`) });
    expect(done.services.find(({ service }) => service === 'courses')).toEqual({ service: 'courses', state: 'done', counts: [{ category: 'course', count: 2 }, { category: 'file', count: 1 }] });
    const zip = Buffer.from(await (await fetch(done.download_url ?? '')).arrayBuffer());
    const files = await unzip(zip);
    expect([...files.keys()].sort()).toEqual(['README.txt', 'courses.json', 'courses/files/courses/1/video.mp4', 'identity.json']);
    expect(files.get('courses/files/courses/1/video.mp4')?.toString()).toBe('a video');
    expect(JSON.parse(files.get('courses.json')?.toString() ?? '')).toEqual([{ category: 'course', data: { title: 'Água', tenantId } }, { category: 'course', data: { title: 'Ar' } }]);
    const own = JSON.parse(files.get('identity.json')?.toString() ?? '') as { category: string }[];
    expect(new Set(own.map(({ category }) => category))).toEqual(new Set(['account', 'membership', 'session', 'audit-entry', 'organization']));
    expect(files.get('identity.json')?.toString()).not.toMatch(/argon2|sha256|sealed/);
    await expect(identity.call(getPrivacyJob, { job_id: job.id }, newId())).rejects.toMatchObject({ code: 'not_found' });
    await expect(identity.call(getPrivacyJob, { job_id: job.id, account_id: newId() }, tenantId)).rejects.toMatchObject({ code: 'not_found' });
    identity.clock.advance(8 * 86_400_000);
    await identity.get(PrivacyHousekeeping).run();
    expect((await identity.call(getPrivacyJob, { job_id: job.id }, tenantId)).job.download_url).toBeNull();
    expect([...storage.objects.keys()].filter((key) => key.includes(job.id))).toEqual([]);
  }, 30_000);

  it('erases a person who is alone in an organization: account, organization, and the keys of its secrets', async () => {
    const asked: string[] = [];
    serveCourses((erasure, tenantId) => asked.push(`${erasure.scope} ${tenantId}`));
    const email = newEmail();
    const { accountId, tenantId } = await identity.member(email);
    await identity.call(signIn, { email, password: PASSWORD, client: THERE });
    await identity.call(recordConsent, { account_id: accountId, purpose: 'terms', state: 'granted', text_version: '1', client: THERE }, tenantId);
    await identity.call(putCredential, { actor: as(accountId), provider: 'openai', field: 'api_key', value: 'sk-secret-of-the-tenant', client: THERE }, tenantId);
    const stolen = await identity.db.selectFrom('credential').selectAll().where('tenant_id', '=', tenantId).executeTakeFirstOrThrow();
    storage.objects.set(`${tenantId}/courses/1/video.mp4`, Buffer.from('a video'));
    const exported = await finished(tenantId, (await request(tenantId, 'export', accountId)).job.id);
    const { job } = await identity.call(createPrivacyJob, { actor: as(accountId), kind: 'erase', account_id: accountId, client: THERE }, tenantId);
    const done = await finished(tenantId, job.id);
    expect(done.state).toBe('done');
    expect(asked).toEqual([`tenant ${tenantId}`, `tenant ${tenantId}`]); // once more, for what came while it ran
    expect(done.services.find(({ service }) => service === 'courses')?.counts).toEqual([{ category: 'course', count: 4 }, { category: 'invoice', count: 1, retained_because: 'fiscal' }]);
    expect([...storage.objects.keys()].filter((key) => key.includes(exported.id))).toEqual([]);
    const counts = done.services.flatMap(({ counts: own }) => own);
    expect(counts).toEqual(expect.arrayContaining([{ category: 'account', count: 1 }, { category: 'organization', count: 1 }, { category: 'credential', count: 1 }]));
    expect(counts).toContainEqual({ category: 'consent', count: 1, retained_because: expect.stringContaining('LGPD art. 8') });
    const left = await dump();
    for (const canary of [email, `Escola de ${email}`, THERE.user_agent, THERE.address]) expect(left).not.toContain(canary);
    await expect(identity.call(getAccount, { account_id: accountId })).rejects.toMatchObject({ code: 'not_found' });
    await expect(identity.call(getTenant, {}, tenantId)).rejects.toMatchObject({ code: 'not_found' });
    await identity.db.insertInto('credential').values(stolen).execute(); // as out of a backup
    await expect(identity.call(revealCredentials, { providers: ['openai'] }, tenantId)).rejects.toMatchObject({ code: 'not_found' });
    expect(await identity.call(verifyAuditLog, {}, tenantId)).toMatchObject({ valid: true });
    expect((await identity.call(listAuditEntries, {}, tenantId)).entries.map(({ client }) => client)).toEqual(expect.arrayContaining([null]));
  }, 30_000);

  it('erases a member out of one organization, and keeps the account for the other', async () => {
    serveCourses();
    const owner = await identity.member(newEmail());
    const email = newEmail();
    const member = await identity.member(email);
    await identity.call(createInvitation, { actor: as(owner.accountId), email, role: 'editor' }, owner.tenantId);
    await identity.call(acceptInvitation, { token: await identity.tokenTo(email, 'invitation'), account_id: member.accountId, client: CLIENT });
    const { job } = await request(owner.tenantId, 'erase', member.accountId, as(owner.accountId));
    expect((await finished(owner.tenantId, job.id)).services.find(({ service }) => service === 'identity')?.counts).toContainEqual({ category: 'membership', count: 1 });
    expect(await identity.call(getAccount, { account_id: member.accountId })).toMatchObject({ account: { email } });
    expect(await identity.tokens(email)).toMatchObject({ tenant_id: member.tenantId });
    await expect(request(owner.tenantId, 'erase', member.accountId, as(owner.accountId))).rejects.toMatchObject({ code: 'not_found' });
  }, 30_000);

  it('refuses to leave members without an owner, and to erase above oneself', async () => {
    const owner = await identity.member(newEmail());
    const email = newEmail();
    await identity.call(createInvitation, { actor: as(owner.accountId), email, role: 'admin' }, owner.tenantId);
    const admin = await identity.call(acceptInvitation, { token: await identity.tokenTo(email, 'invitation'), registration: { name: 'Bia', password: PASSWORD }, client: CLIENT });
    await expect(request(owner.tenantId, 'erase', owner.accountId)).rejects.toMatchObject({ code: 'conflict' });
    await expect(request(owner.tenantId, 'erase', owner.accountId, as(admin.account_id))).rejects.toMatchObject({ code: 'forbidden' });
    const viewerEmail = newEmail();
    await identity.call(createInvitation, { actor: as(owner.accountId), email: viewerEmail, role: 'viewer' }, owner.tenantId);
    const viewer = await identity.call(acceptInvitation, { token: await identity.tokenTo(viewerEmail, 'invitation'), registration: { name: 'Caio', password: PASSWORD }, client: CLIENT });
    await expect(request(owner.tenantId, 'export', owner.accountId, as(viewer.account_id))).rejects.toMatchObject({ code: 'forbidden' });
    await expect(identity.call(createPrivacyJob, { actor: as(owner.accountId), kind: 'export' }, owner.tenantId)).rejects.toMatchObject({ code: 'invalid_request' });
  });

  it('erases somebody who has no account, by address', async () => {
    const seen: unknown[] = [];
    serveCourses(({ subject }) => seen.push(subject));
    const owner = await identity.member(newEmail());
    const email = 'aluna@fora.example';
    await identity.call(createInvitation, { actor: as(owner.accountId), email, role: 'viewer' }, owner.tenantId);
    const { job } = await identity.call(createPrivacyJob, { actor: as(owner.accountId), kind: 'erase', email }, owner.tenantId);
    expect((await finished(owner.tenantId, job.id)).state).toBe('done');
    expect(seen).toEqual([{ account_id: null, emails: [email] }]);
    expect(await dump()).not.toContain(email);
  }, 30_000);

  it('asks again until every service answered, and identity last', async () => {
    const { accountId, tenantId } = await identity.member(newEmail());
    const { job } = await request(tenantId, 'erase', accountId);
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect((await identity.call(getPrivacyJob, { job_id: job.id }, tenantId)).job).toMatchObject({ state: 'running', services: [{ service: 'courses', state: 'waiting' }, { service: 'identity', state: 'waiting' }] });
    let calls = 0;
    serveCourses(() => {
      calls += 1;
      if (calls === 1) throw new AppError('unavailable', 'later');
    });
    for (let tries = 0; tries < 2; tries += 1) {
      identity.clock.advance(600_000);
      identity.get(PrivacyWorker).kick();
      await new Promise((resolve) => setTimeout(resolve, 300));
    }
    expect((await finished(tenantId, job.id)).state).toBe('done');
    expect(calls).toBe(3); // refused, erased, and once more in the end
  }, 30_000);

  it('says when a service never answered, keeps whom it is about sealed, and can be taken up again', async () => {
    const email = newEmail();
    const { accountId, tenantId } = await identity.member(email);
    const { job } = await request(tenantId, 'export', accountId);
    identity.clock.advance(73 * 3_600_000);
    identity.get(PrivacyWorker).kick();
    expect(await finished(tenantId, job.id)).toMatchObject({ state: 'incomplete', services: expect.arrayContaining([expect.objectContaining({ service: 'courses', state: 'unanswered' })]) });
    const { subject_sealed: sealed } = await identity.db.selectFrom('privacy_job').select('subject_sealed').where('id', '=', job.id).executeTakeFirstOrThrow();
    expect(sealed).toMatch(/^v1\./);
    serveCourses();
    storage.objects.set(`${tenantId}/courses/1/video.mp4`, Buffer.from('a video'));
    await identity.call(retryPrivacyJob, { actor: as(accountId), job_id: job.id }, tenantId);
    expect((await finished(tenantId, job.id)).state).toBe('done');
    await expect(identity.call(retryPrivacyJob, { actor: as(accountId), job_id: job.id }, tenantId)).rejects.toMatchObject({ code: 'conflict' });
  }, 30_000);

  it('goes on where a process was killed: what is done is not asked for again, and what had been begun is', async () => {
    const calls: string[] = [];
    serveCourses(() => calls.push('courses'));
    const { accountId, tenantId } = await identity.member(newEmail());
    const { job } = await request(tenantId, 'erase', accountId);
    await finished(tenantId, job.id);
    // As it stands when the process dies after identity's rows are gone, and before it has written that down.
    const sealed = await identity.get(SubjectSeal).seal(job.id, { account_id: accountId, emails: [`titular${count}@escola.example`] });
    await identity.db.updateTable('privacy_job').set({ state: 'running', finished_at: null, subject_sealed: sealed, next_attempt_at: identity.clock.in(90_000) }).where('id', '=', job.id).execute();
    await identity.db.updateTable('privacy_job_part').set({ state: 'waiting' }).where('job_id', '=', job.id).where('service', '=', 'identity').execute();
    identity.get(PrivacyWorker).kick();
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect((await identity.call(getPrivacyJob, { job_id: job.id }, tenantId)).job.state).toBe('running'); // the dead process has it until its lease ends
    identity.clock.advance(91_000);
    identity.get(PrivacyWorker).kick();
    expect((await finished(tenantId, job.id)).state).toBe('done');
    expect(calls).toEqual(['courses', 'courses']); // both before
    expect((await identity.db.selectFrom('privacy_job').select('subject_sealed').where('id', '=', job.id).executeTakeFirstOrThrow()).subject_sealed).toBeNull();
  }, 30_000);

  it('exports of who is alone in an organization what its erasure would erase', async () => {
    const scopes: string[] = [];
    stops.push(identity.serve(subjectExports.courses, ({ scope }) => {
      scopes.push(scope);
      return { records: [], objects: [], next_cursor: null };
    }));
    const owner = await identity.member(newEmail());
    await finished(owner.tenantId, (await request(owner.tenantId, 'export', owner.accountId)).job.id);
    const email = newEmail();
    await identity.call(createInvitation, { actor: as(owner.accountId), email, role: 'editor' }, owner.tenantId);
    await identity.call(acceptInvitation, { token: await identity.tokenTo(email, 'invitation'), registration: { name: 'Bia', password: PASSWORD }, client: CLIENT });
    await finished(owner.tenantId, (await request(owner.tenantId, 'export', owner.accountId)).job.id);
    expect(scopes).toEqual(['tenant', 'subject']);
  }, 30_000);

  it('keeps ended sessions as long as each organization wants them', async () => {
    const [brief, usual] = [await identity.member(newEmail()), await identity.member(newEmail())];
    await identity.call(putRetention, { actor: as(brief.accountId), category: 'sessions', days: 2 }, brief.tenantId);
    const sessions = async (tenantId: string): Promise<number> => (await identity.db.selectFrom('session').select('id').where('tenant_id', '=', tenantId).execute()).length;
    for (const { tenantId } of [brief, usual]) {
      const email = tenantId === brief.tenantId ? `titular${count - 1}@escola.example` : `titular${count}@escola.example`;
      await identity.call(signIn, { email, password: PASSWORD, client: HERE });
      await identity.db.updateTable('session').set({ expires_at: identity.clock.in(-3 * 86_400_000) }).where('tenant_id', '=', tenantId).execute();
    }
    await identity.get(Housekeeping).run();
    expect(await sessions(brief.tenantId)).toBe(0);
    expect(await sessions(usual.tenantId)).toBeGreaterThan(0);
  }, 30_000);

  it('begins once for the same id', async () => {
    serveCourses();
    const { accountId, tenantId } = await identity.member(newEmail());
    storage.objects.set(`${tenantId}/courses/1/video.mp4`, Buffer.from('a video'));
    const id = newId();
    const begin = () => identity.call(createPrivacyJob, { id, actor: as(accountId), kind: 'export', account_id: accountId }, tenantId);
    await Promise.all([begin(), begin(), begin()]);
    expect((await identity.call(listPrivacyJobs, { account_id: accountId }, tenantId)).jobs.map((job) => job.id)).toEqual([id]);
    expect((await identity.call(listPrivacyJobs, { account_id: randomUUID() }, tenantId)).jobs).toEqual([]);
    await finished(tenantId, id);
  }, 30_000);

  it('keeps what an organization wants for as long as it wants, and tells what is processed', async () => {
    const { accountId, tenantId } = await identity.member(newEmail());
    const { retention } = await identity.call(putRetention, { actor: as(accountId), category: 'audit-log', days: 30 }, tenantId);
    expect(retention.find(({ category }) => category === 'audit-log')).toEqual({ category: 'audit-log', days: 30, is_default: false });
    expect((await identity.call(getRetention, {}, newId())).retention.every(({ is_default: isDefault }) => isDefault)).toBe(true);
    const record = await identity.call(getProcessingRecord, {}, tenantId);
    expect(record.controller).toMatchObject({ tenant_id: tenantId, contact: `titular${count}@escola.example` });
    expect(record.activities.length).toBeGreaterThan(5);
    identity.clock.advance(31 * 86_400_000);
    await identity.get(PrivacyHousekeeping).run();
    expect((await identity.call(listAuditEntries, {}, tenantId)).entries).toEqual([]);
    expect(await identity.call(verifyAuditLog, {}, tenantId)).toMatchObject({ valid: true, entries: 0 });
  });
});

/** By the directory at the end, as programs read it; a program that checks sums looks at it, too, where there is one. */
async function unzip(zip: Buffer): Promise<Map<string, Buffer>> {
  const directory = await mkdtemp(join(tmpdir(), 'tc-unzip-'));
  try {
    const path = join(directory, 'export.zip');
    await writeFile(path, zip);
    execFileSync('python3', ['-c', 'import sys, zipfile; sys.exit(1 if zipfile.ZipFile(sys.argv[1]).testzip() else 0)', path]);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  } finally {
    await rm(directory, { recursive: true });
  }
  const files = new Map<string, Buffer>();
  const end = zip.lastIndexOf(Buffer.from('504b0506', 'hex'));
  let at = zip.readUInt32LE(end + 16);
  for (let entry = 0; entry < zip.readUInt16LE(end + 10); entry += 1) {
    const nameLength = zip.readUInt16LE(at + 28);
    const name = zip.subarray(at + 46, at + 46 + nameLength).toString();
    const local = zip.readUInt32LE(at + 42);
    const data = local + 30 + zip.readUInt16LE(local + 26);
    const stored = zip.subarray(data, data + zip.readUInt32LE(at + 20));
    files.set(name, zip.readUInt16LE(at + 10) === 8 ? inflateRawSync(stored) : stored);
    at += 46 + nameLength;
  }
  return files;
}
