import { describe, expect, it } from 'vitest';
import { subjectPageOf, type SubjectSource } from './subject-pages.js';

const source = (category: string, count: number, size = 1): SubjectSource => {
  const all = Array.from({ length: count }, (_, index) => ({ id: String(index).padStart(5, '0'), data: { text: 'x'.repeat(size), index }, objects: [`${category}/${index}`] }));
  return { category, rows: async (after, limit) => all.filter(({ id }) => after === undefined || id > after).slice(0, limit) };
};

async function readAll(sources: readonly SubjectSource[]): Promise<{ pages: number; records: string[]; objects: string[] }> {
  const records: string[] = [];
  const objects: string[] = [];
  let pages = 0;
  for (let cursor: string | null | undefined; cursor !== null; pages += 1) {
    const page = await subjectPageOf(sources, cursor);
    records.push(...page.records.map(({ category, data }) => `${category} ${String(data.index)}`));
    objects.push(...(page.objects ?? []));
    cursor = page.next_cursor ?? null;
  }
  return { pages, records, objects };
}

describe('pages of an export', () => {
  it('go through all sources, each record once', async () => {
    const { records, objects, pages } = await readAll([source('a', 450), source('b', 0), source('c', 200)]);
    expect(records).toHaveLength(650);
    expect(new Set(records).size).toBe(650);
    expect(objects).toHaveLength(650);
    expect(pages).toBe(3 + 1 + 2);
  });

  it('stay below what a message takes', async () => {
    const page = await subjectPageOf([source('a', 10, 150_000)], undefined);
    expect(page.records).toHaveLength(2);
    expect((await readAll([source('a', 10, 150_000)])).records).toHaveLength(10);
    expect((await subjectPageOf([source('a', 2, 600_000)], undefined)).records).toHaveLength(1);
  });

  it('are none where nothing is kept, and refuse a cursor of elsewhere', async () => {
    expect(await subjectPageOf([], undefined)).toEqual({ records: [] });
    await expect(subjectPageOf([source('a', 1)], 'z:1')).rejects.toMatchObject({ code: 'invalid_request' });
  });
});
