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
  /** How far its last number is ahead of the page's; the same on every page for a number of pages. */
  lead: number | undefined;
}

/** Takes running heads, running feet and page numbers out of the pages. */
export function removeFurniture(pages: readonly PageContent[]): void {
  const rows = pages.flatMap(marginRows);
  const onPages = countPages(rows, ({ key }) => key);
  const numbered = countPages(rows, numberedKey);
  const enough = Math.max(2, pages.length * SHARE_OF_PAGES);
  for (const row of rows) {
    const { page, fragments, key, isPageNumber } = row;
    // Heads of chapters do not stand on many pages, but their numbers count the pages.
    const repeats = (onPages.get(key) ?? 0) >= enough || (numbered.get(numberedKey(row)) ?? 0) >= 2;
    if (!repeats && !isPageNumber) continue;
    const dropped = new Set(fragments);
    page.fragments = page.fragments.filter((fragment) => !dropped.has(fragment));
  }
}

function numberedKey({ key, lead }: MarginRow): string {
  return lead === undefined ? '' : `${key}|${lead}`;
}

function countPages(rows: readonly MarginRow[], keyOf: (row: MarginRow) => string): Map<string, number> {
  const pages = new Map<string, Set<PageContent>>();
  for (const row of rows) {
    const key = keyOf(row);
    if (key !== '') pages.set(key, (pages.get(key) ?? new Set()).add(row.page));
  }
  return new Map([...pages].map(([key, { size }]) => [key, size]));
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
    const key = `${isAtTop ? 'top' : 'bottom'}|${Math.round(baseline / 4)}|${text.replace(/\d+/g, '#')}`;
    const number = /(?:^\d+|\d+$)/.exec(text)?.[0];
    const lead = isOutermost && number !== undefined ? Number(number) - page.number : undefined;
    return [{ page, fragments, key, isPageNumber: isOutermost && PAGE_NUMBER.test(text), lead }];
  });
}
