import type { Block } from '@tecnocursos/contracts';
import { toFlow } from './pdf-aligned-tables.js';
import { buildBlocks, type BuildContext, type RegionItem } from './pdf-block-builder.js';
import { toRegions, type Placed } from './pdf-columns.js';
import type { DraftBlock } from './pdf-draft.js';
import { removeFurniture } from './pdf-furniture.js';
import { findGrids, type PageTable } from './pdf-grids.js';
import { LineJoiner } from './pdf-hyphens.js';
import { joinRegions } from './pdf-join.js';
import { toLines, toSegments, type Line } from './pdf-lines.js';
import { heightOf, widthOf, type PageContent, type PlacedImage } from './pdf-page.js';
import { HeadingLevels, styleOf } from './pdf-styles.js';
import { hasTaggedHeadings, taggedShare } from './pdf-structure.js';
import { TaggedPage } from './pdf-tagged.js';

const ENOUGH_TAGGED = 0.85;

/** Blocks of each page, in reading order, from what stands where. The structure tree is followed when it covers the text. */
export function layOut(pages: readonly PageContent[]): Block[][] {
  removeFurniture(pages);
  for (const page of pages) page.images = page.images.filter((image) => !isBackground(image, page));
  const lines = pages.map(({ fragments }) => toLines(fragments));
  const joiner = new LineJoiner(lines.flat().map(({ text }) => text));
  const isTagged = pages.some(({ structure }) => structure !== undefined && hasTaggedHeadings(structure)) && taggedShare(pages) >= ENOUGH_TAGGED;
  const regions = pages.map((page) => (isTagged ? undefined : regionsOf(page)));
  const style = styleOf(isTagged ? lines : regions.flatMap((found) => found ?? []).map(linesOf));
  const drafts = pages.flatMap((page, index) => {
    const context: BuildContext = { style, joiner, dots: page.dots, page: page.number };
    const found = regions[index];
    return found === undefined ? [new TaggedPage(page, context).build()] : found.map((region) => buildBlocks(region, context));
  });
  return byPage(rankHeadings(joinRegions(drafts, joiner)), pages);
}

/** A picture under a page's whole text is its background. */
function isBackground({ box }: PlacedImage, page: PageContent): boolean {
  return widthOf(box) * heightOf(box) > page.width * page.height * 0.85 && page.fragments.length > 3;
}

type PageItem = { kind: 'segment'; segment: Line } | { kind: 'table'; table: PageTable } | { kind: 'picture'; image: PlacedImage };

function regionsOf(page: PageContent): RegionItem[][] {
  const { tables, rest } = findGrids(page.rules, page.fragments);
  const placed: Array<Placed<PageItem>> = [
    ...toSegments(rest).map((segment) => ({ box: segment, isText: true, item: { kind: 'segment' as const, segment } })),
    ...tables.map((table) => ({ box: table, isText: false, item: { kind: 'table' as const, table } })),
    ...page.images.map((image) => ({ box: image.box, isText: false, item: { kind: 'picture' as const, image } })),
  ];
  return toRegions(placed).map((region) => region.map(({ item }) => item)).map(toRegionItems);
}

/** Segments between two tables or pictures flow together; columns without borders become tables there. */
function toRegionItems(items: readonly PageItem[]): RegionItem[] {
  const result: RegionItem[] = [];
  let segments: Line[] = [];
  const flush = (): void => {
    result.push(...toFlow(segments));
    segments = [];
  };
  for (const item of items) {
    if (item.kind === 'segment') {
      segments.push(item.segment);
    } else {
      flush();
      result.push(item);
    }
  }
  flush();
  return result;
}

function linesOf(items: readonly RegionItem[]): Line[] {
  return items.flatMap((item) => (item.kind === 'line' ? [item.line] : []));
}

function rankHeadings(drafts: readonly DraftBlock[]): DraftBlock[] {
  const levels = new HeadingLevels(drafts.flatMap(({ look }) => look ?? []));
  return drafts.map((draft) =>
    draft.look !== undefined && draft.block.type === 'heading' ? { ...draft, block: { ...draft.block, level: levels.levelOf(draft.look) } } : draft,
  );
}

function byPage(drafts: readonly DraftBlock[], pages: readonly PageContent[]): Block[][] {
  return pages.map(({ number }) => drafts.filter(({ page }) => page === number).map(({ block }) => block));
}
