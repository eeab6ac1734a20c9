import { describe, expect, it } from 'vitest';
import { expectRefusal, withFile } from '../testing/files.fixture.js';
import { zipOf, type ZipPart } from '@tecnocursos/testing';
import { ZipArchive } from './zip-archive.js';
import { storeZip } from './zip-writer.js';

const MEGABYTE = 1024 * 1024;

function opened(parts: readonly ZipPart[], name = 'a.xml', maxBytes = 30 * MEGABYTE): Promise<Buffer> {
  return withFile(zipOf(parts), async (path) => {
    await using archive = await ZipArchive.open(path);
    return await archive.bytes(name, maxBytes);
  });
}

describe('zip archive', () => {
  it('reads what the writer of stored containers wrote', async () => {
    const content = storeZip([{ name: 'pasta/é.txt', bytes: Buffer.from('olá') }, { name: 'b', bytes: Buffer.alloc(70_000, 1) }]);
    await withFile(content, async (path) => {
      await using archive = await ZipArchive.open(path);
      expect(archive.names).toEqual(['pasta/é.txt', 'b']);
      expect((await archive.bytes('pasta/é.txt', 10)).toString()).toBe('olá');
      expect(await archive.bytes('b', 100_000)).toHaveLength(70_000);
    });
  });

  it('refuses a bomb by the sizes that its directory declares', async () => {
    await expectRefusal(opened([{ name: 'a.xml', content: Buffer.alloc(20 * MEGABYTE) }]), 'document_unreadable');
    await expectRefusal(opened([{ name: 'a.xml', content: 'a', claimedSize: 201 * MEGABYTE }]), 'document_unreadable');
  });

  it('refuses a bomb that lies about its size, before it is inflated', async () => {
    await expectRefusal(opened([{ name: 'a.xml', content: Buffer.alloc(20 * MEGABYTE), claimedSize: 1_000 }]), 'document_unreadable');
  });

  it('refuses a part beyond its limit, a missing part and too many parts', async () => {
    await expectRefusal(opened([{ name: 'a.xml', content: 'abcdef' }], 'a.xml', 5), 'document_unreadable');
    await expectRefusal(opened([{ name: 'a.xml', content: 'abcdef' }], 'b.xml'), 'document_unreadable');
    const many = Array.from({ length: 2_001 }, (_, index) => ({ name: `p${index}`, content: '' }));
    await expectRefusal(opened(many, 'p1'), 'document_unreadable');
  });

  it.each(['../../etc/passwd', '/etc/passwd', 'C:\\windows\\a', 'word/../../a'])('refuses the path %s', async (name) => {
    await expectRefusal(opened([{ name, content: 'x' }], name), 'document_unreadable');
  });
});
