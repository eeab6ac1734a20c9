import { createHash, randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { newId } from '@tecnocursos/contracts';
import { LocalDiskStore } from './local-disk.store.js';

const TENANT = newId();
const OPTIONS = { contentType: 'text/plain', maxBytes: 1_000_000 };
const sha256 = (content: string): string => createHash('sha256').update(content).digest('hex');

async function* bytes(...parts: string[]): AsyncGenerator<Buffer> {
  for (const part of parts) yield Buffer.from(part);
}

describe('LocalDiskStore', () => {
  let root: string;
  let store: LocalDiskStore;
  const put = (key: string, content: string, tenantId = TENANT) => store.put({ tenantId, key }, bytes(content), OPTIONS);
  const readText = async (key: string, tenantId = TENANT): Promise<string | null> => {
    const object = await store.open({ tenantId, key });
    return object && text(object.read());
  };

  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'tc-disk-'));
    store = await LocalDiskStore.open(root);
  });
  afterEach(() => rm(root, { recursive: true, force: true }));

  it('keeps an object as a plain file, and tells of it without reading it', async () => {
    const info = await store.put({ tenantId: TENANT, key: 'a/b.txt' }, bytes('hello ', 'world'), OPTIONS);
    expect(info).toMatchObject({ contentType: 'text/plain', size: 11, sha256: sha256('hello world') });
    expect(await readFile(join(root, TENANT, 'a/b.txt'), 'utf8')).toBe('hello world');
    expect(await store.head({ tenantId: TENANT, key: 'a/b.txt' })).toEqual(info);
    expect(await readdir(join(root, '.tmp'))).toEqual([]);
  });

  it('keeps empty objects', async () => {
    expect(await put('empty', '')).toMatchObject({ size: 0, sha256: sha256('') });
    expect(await readText('empty')).toBe('');
  });

  it('leaves the old object and no draft when an upload fails or is too large', async () => {
    await put('a', 'old');
    async function* failing(): AsyncGenerator<Buffer> {
      yield Buffer.from('new');
      throw new Error('the client went');
    }
    await expect(store.put({ tenantId: TENANT, key: 'a' }, failing(), OPTIONS)).rejects.toThrow('the client went');
    await expect(store.put({ tenantId: TENANT, key: 'a' }, bytes('123', '456'), { ...OPTIONS, maxBytes: 5 })).rejects.toMatchObject({ code: 'payload_too_large' });
    expect(await readText('a')).toBe('old');
    expect(await readdir(join(root, '.tmp'))).toEqual([]);
  });

  it('shows readers the old or the new object, with its own hash, while it is replaced', async () => {
    const contents = Array.from({ length: 60 }, () => randomBytes(20_000).toString('hex'));
    await put('hot', contents[0] ?? '');
    let writing = true;
    const reader = async (): Promise<number> => {
      let reads = 0;
      while (writing) {
        const object = await store.open({ tenantId: TENANT, key: 'hot' });
        if (!object) throw new Error('the object vanished');
        expect(object.info.contentType).toBe('text/plain');
        expect(sha256(await text(object.read()))).toBe(object.info.sha256);
        reads += 1;
      }
      return reads;
    };
    const readers = [reader(), reader(), reader()];
    for (const content of contents) await put('hot', content);
    writing = false;
    expect(Math.min(...(await Promise.all(readers)))).toBeGreaterThan(5);
    expect(await readdir(join(root, '.meta', TENANT, (await readdir(join(root, '.meta', TENANT)))[0] ?? ''))).toHaveLength(1);
  });

  it('takes many writers of one key, and writers beside deleters', async () => {
    await Promise.all(Array.from({ length: 30 }, async (_, index) => {
      await put('deep/er/key', `content ${index}`);
      if (index % 3 === 0) await store.delete({ tenantId: TENANT, key: 'deep/er/key' });
    }));
    await put('deep/er/key', 'last');
    expect(await store.head({ tenantId: TENANT, key: 'deep/er/key' })).toMatchObject({ sha256: sha256('last'), contentType: 'text/plain' });
  });

  it('adopts files that came by other ways, and notices edits', async () => {
    await put('page.html', 'uploaded');
    await writeFile(join(root, TENANT, 'page.html'), 'edited in place');
    expect(await store.head({ tenantId: TENANT, key: 'page.html' })).toMatchObject({ contentType: 'text/html', sha256: sha256('edited in place') });
    await mkdir(join(root, TENANT, 'restored'));
    await writeFile(join(root, TENANT, 'restored/clip.mp4'), 'film');
    expect(await store.head({ tenantId: TENANT, key: 'restored/clip.mp4' })).toMatchObject({ contentType: 'video/mp4', sha256: sha256('film') });
  });

  it('keeps tenants apart', async () => {
    await put('a', 'mine');
    const other = newId();
    expect(await store.head({ tenantId: other, key: 'a' })).toBeNull();
    expect((await store.list(other, { limit: 10 })).objects).toEqual([]);
    expect(await store.delete({ tenantId: other, key: 'a' })).toBe(false);
    expect(await readText('a')).toBe('mine');
  });

  it.each(['../x', 'a/../../x', '/etc/passwd', 'a\\..\\b', 'a\0b', '.hidden', 'a//b', 'a/', '', 'a/.meta', `${'x'.repeat(300)}`])('refuses the key %j', async (key) => {
    await expect(put(key, 'x')).rejects.toMatchObject({ code: 'invalid_request' });
    await expect(store.open({ tenantId: TENANT, key })).rejects.toMatchObject({ code: 'invalid_request' });
  });

  it.each(['..', '.meta', '', `${TENANT}/..`])('refuses the tenant %j', async (tenantId) => {
    await expect(put('a', 'x', tenantId)).rejects.toMatchObject({ code: 'invalid_request' });
    await expect(store.list(tenantId, { limit: 1 })).rejects.toMatchObject({ code: 'invalid_request' });
  });

  it('follows no symbolic link, neither of a file nor of a folder', async () => {
    const outside = await mkdtemp(join(tmpdir(), 'tc-outside-'));
    try {
      await writeFile(join(outside, 'secret'), 'secret');
      await put('own', 'x');
      await symlink(join(outside, 'secret'), join(root, TENANT, 'file'));
      await symlink(outside, join(root, TENANT, 'folder'));
      expect(await store.open({ tenantId: TENANT, key: 'file' })).toBeNull();
      expect(await store.open({ tenantId: TENANT, key: 'folder/secret' })).toBeNull();
      await expect(put('folder/new', 'x')).rejects.toMatchObject({ code: 'conflict' });
      await expect(put('folder/sub/new', 'x')).rejects.toMatchObject({ code: 'conflict' });
      expect(await store.delete({ tenantId: TENANT, key: 'folder/secret' })).toBe(false);
      expect(await store.deleteFolder(TENANT, 'folder')).toBe(0);
      expect((await store.list(TENANT, { limit: 10 })).objects.map(({ key }) => key)).toEqual(['own']);
      expect(await readdir(outside)).toEqual(['secret']);
    } finally {
      await rm(outside, { recursive: true, force: true });
    }
  });

  it('does not mix up folders and objects', async () => {
    await put('a/b', 'x');
    await expect(put('a', 'x')).rejects.toMatchObject({ code: 'conflict' });
    await expect(put('a/b/c', 'x')).rejects.toMatchObject({ code: 'conflict' });
    expect(await store.head({ tenantId: TENANT, key: 'a' })).toBeNull();
    expect(await store.delete({ tenantId: TENANT, key: 'a' })).toBe(false);
  });

  it('lists pages in the order of the keys', async () => {
    const keys = ['a-b', 'a.b', 'a/1', 'a/2/x', 'a/2/y', 'a0', 'b', 'c/d/e/f'];
    for (const key of [...keys].reverse()) await put(key, key);
    const seen: string[] = [];
    for (let after: string | undefined; ; after = seen.at(-1)) {
      const page = await store.list(TENANT, { limit: 3, ...(after !== undefined && { after }) });
      seen.push(...page.objects.map(({ key }) => key));
      if (!page.hasMore) break;
    }
    expect(seen).toEqual(keys);
    expect((await store.list(TENANT, { folder: 'a', limit: 10 })).objects.map(({ key }) => key)).toEqual(['a/1', 'a/2/x', 'a/2/y']);
    expect((await store.list(TENANT, { folder: 'nothing', limit: 10 })).objects).toEqual([]);
  });

  it('deletes objects and folders, and leaves no empty folder and no metadata', async () => {
    for (const key of ['c/1/a', 'c/1/b', 'c/2', 'd']) await put(key, key);
    expect(await store.delete({ tenantId: TENANT, key: 'd' })).toBe(true);
    expect(await store.delete({ tenantId: TENANT, key: 'd' })).toBe(false);
    expect(await store.deleteFolder(TENANT, 'c')).toBe(3);
    expect(await store.deleteFolder(TENANT, 'c')).toBe(0);
    expect(await readdir(root)).toEqual(expect.not.arrayContaining([TENANT]));
    expect(await readdir(join(root, '.meta', TENANT))).toEqual([]);
  });

  it('clears at its start drafts older than an hour, and those alone', async () => {
    const now = Date.now();
    for (const [name, ageS] of [['old', 3_700], ['young', 3_500]] as const) {
      await writeFile(join(root, '.tmp', name), 'x');
      await utimes(join(root, '.tmp', name), now / 1000 - ageS, now / 1000 - ageS);
    }
    await LocalDiskStore.open(root, now);
    expect(await readdir(join(root, '.tmp'))).toEqual(['young']);
  });

  it('tells how much room there is', async () => {
    expect((await store.check()).freeBytes).toBeGreaterThan(0);
  });
});
