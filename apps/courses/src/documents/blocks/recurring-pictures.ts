import type { Block } from '@tecnocursos/contracts';

const FEWEST_PAGES = 3;
const SHARE_OF_PAGES = 0.4;

/** Joins the blocks of pages without the pictures that stand on many of them: logos and backgrounds. */
export function dropRecurringPictures(pages: ReadonlyArray<readonly Block[]>): Block[] {
  const pagesByImage = new Map<string, number>();
  for (const blocks of pages) {
    for (const id of new Set(blocks.flatMap((block) => (block.type === 'picture' ? [block.image_id] : [])))) {
      pagesByImage.set(id, (pagesByImage.get(id) ?? 0) + 1);
    }
  }
  const most = Math.max(FEWEST_PAGES, pages.length * SHARE_OF_PAGES);
  return pages.flat().filter((block) => block.type !== 'picture' || (pagesByImage.get(block.image_id) ?? 0) < most);
}
