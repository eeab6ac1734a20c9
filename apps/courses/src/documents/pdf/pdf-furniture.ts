import { toRows, joinFragments } from './pdf-lines.js';
import type { Fragment, PageContent } from './pdf-page.js';

/** Share of the page's height at its top and bottom where running heads and page numbers stand. */
const MARGIN = 0.11;
const SHARE_OF_PAGES = 0.3;
const PAGE_NUMBER = /^[\s\-–—|]*(?:p[áa]g(?:ina)?\.?|page|slide|folha)?\s*(?:\d{1,4}|[ivxlc]{1,6})(?:\s*(?:de|of|\/|\|)\s*\d{1,4})?[\s\-–—|]*$/i;

interface MarginRow {
  page: PageContent;
  fragments: Fragment[];
  /** Same for rows that differ in their numbers only. */
  key: string;
  isPageNumber: boolean;
}

/** Takes running heads, running feet and page numbers out of the pages. */
export function removeFurniture(pages: readonly PageContent[]): void {
  const rows = pages.flatMap(marginRows);
  const pagesByKey = new Map<string, Set<PageContent>>();
  for (const { key, page } of rows) {
    const found = pagesByKey.get(key) ?? new Set();
    pagesByKey.set(key, found.add(page));
  }
  const enough = Math.max(2, pages.length * SHARE_OF_PAGES);
  for (const { page, fragments, key, isPageNumber } of rows) {
    const repeats = (pagesByKey.get(key)?.size ?? 0) >= enough;
    if (!repeats && !isPageNumber) continue;
    const dropped = new Set(fragments);
    page.fragments = page.fragments.filter((fragment) => !dropped.has(fragment));
  }
}

/** A single row of a cover page is no furniture: pages with little text are left alone. */
const FEWEST_ROWS = 2;
const OUTERMOST_ROWS = 3;

function marginRows(page: PageContent): MarginRow[] {
  const rows = toRows(page.fragments);
  if (rows.length < FEWEST_ROWS) return [];
  return rows.flatMap((fragments, index) => {
    const baseline = fragments[0]?.baseline ?? 0;
    const isAtTop = baseline < page.height * MARGIN && index < OUTERMOST_ROWS;
    const isAtBottom = baseline > page.height * (1 - MARGIN) && index >= rows.length - OUTERMOST_ROWS;
    if (!isAtTop && !isAtBottom) return [];
    const text = joinFragments(fragments);
    const isOutermost = isAtTop ? index === 0 : index === rows.length - 1;
    const place = isAtTop ? 'top' : 'bottom';
    return [{ page, fragments, key: `${place}|${Math.round(baseline / 4)}|${text.replace(/\d+/g, '#')}`, isPageNumber: isOutermost && PAGE_NUMBER.test(text) }];
  });
}
