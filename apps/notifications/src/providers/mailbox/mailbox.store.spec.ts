import { mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { newId } from '@tecnocursos/contracts';
import { MailboxStore } from './mailbox.store.js';

const TENANT = newId();
const source = (messageId: string, tenantId: string = TENANT, body = 'Olá'): Buffer =>
  Buffer.from(`Message-ID: ${messageId}\r\nX-TecnoCursos-Tenant: ${tenantId}\r\nSubject: s\r\nFrom: a@b.example\r\nTo: c@d.example\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n${body}\r\n`);

describe('MailboxStore', () => {
  let directory: string;
  let store: MailboxStore;
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'tc-mailbox-'));
    store = new MailboxStore(directory);
  });
  afterEach(() => rm(directory, { recursive: true, force: true }));

  it('keeps a message once, as it came first', async () => {
    await store.add(source('<1@x>', TENANT, 'first'));
    await store.add(source('<1@x>', TENANT, 'second'));
    const [entry, ...others] = await store.list(TENANT, 10);
    expect(others).toEqual([]);
    expect(entry).toMatchObject({ messageId: '1@x', from: 'a@b.example', to: ['c@d.example'], subject: 's' });
    expect(await store.get(TENANT, entry?.id ?? '')).toMatchObject({ text: 'first\n', html: '' });
    expect(await store.has(TENANT, '1@x')).toBe(true);
    expect(await store.has(newId(), '1@x')).toBe(false);
    expect(await readdir(directory)).toEqual([TENANT]);
  });

  it('takes no message without an id or a tenant', async () => {
    await expect(store.add(source('<1@x>', '../../etc'))).rejects.toThrow('needs a Message-ID and a tenant');
    await expect(store.add(Buffer.from(`X-TecnoCursos-Tenant: ${TENANT}\r\n\r\nx`))).rejects.toThrow('needs a Message-ID and a tenant');
    expect(await readdir(directory)).toEqual([]);
  });

  it('has nothing for tenants without messages, and refuses names that are no tenants', async () => {
    expect(await store.list(newId(), 10)).toEqual([]);
    await expect(store.list('..', 10)).rejects.toThrow();
  });

  it('clears old drafts alone', async () => {
    await store.add(source('<1@x>'));
    const longAgo = Date.now() / 1000 - 7_200;
    for (const name of ['.old', '.young']) await writeFile(join(directory, name), 'x');
    await utimes(join(directory, '.old'), longAgo, longAgo);
    await utimes(join(directory, TENANT), longAgo, longAgo);
    await store.sweep(Date.now());
    expect((await readdir(directory)).sort()).toEqual(['.young', TENANT]);
  });
});
