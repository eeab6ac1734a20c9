import { at, box, line, type Rectangle, type SlideElement } from '../element.js';
import { cutLines, wrapEvenly, wrapLines } from '../text-fit.js';
import type { ThemeColours } from '../themes.js';

export type BulletMark = 'stripe' | 'number' | 'check';

export interface BulletListOptions {
  area: Rectangle;
  mark: BulletMark;
  /** Font sizes to try, the largest first. */
  sizes: readonly number[];
  /** Cards on content slides; none on covers. */
  cards: 'filled' | 'none';
  /** Where a list that is shorter than its area stands. */
  align: 'middle' | 'top';
}

export interface BulletList {
  elements: SlideElement[];
  size: number;
  /** Height in pixels that the list takes. */
  height: number;
  truncated: boolean;
}

interface Row {
  /** Characters of the leading term, up to its colon or dash; 0 when there is none. */
  lead: number;
  lines: string[];
}

interface Plan {
  size: number;
  rows: Row[];
  padding: number;
  gap: number;
  truncated: boolean;
}

const LINE = 1.32;
const LEAD = /^[^:–—]{2,42}?(?:: | [–—] )/u;
/** Lines are evened out down to this share of the width. */
const LEAST_LINE = 0.72;
const MAX_EXTRA_PADDING = 14;
const MAX_GAP = 24;

/** Cards under each other, in the largest size at which all of them fit; at the smallest size, long ones are cut. */
export function bulletList(bullets: readonly string[], options: BulletListOptions, colours: ThemeColours): BulletList {
  const plan = planRows(bullets, options);
  const heights = plan.rows.map((row) => rowHeight(row, plan, options));
  const used = heights.reduce((sum, height) => sum + height, 0) + plan.gap * (bullets.length - 1);
  const spare = Math.max(0, options.area.height - used);
  let top = options.area.y + (options.align === 'middle' ? spare * 0.42 : 0);
  const elements = plan.rows.map((row, index) => {
    const height = heights[index] ?? 0;
    const element = bulletRow(row, index, { ...options.area, y: top, height }, plan, options, colours);
    top += height + plan.gap;
    return element;
  });
  return { elements, size: plan.size, height: used, truncated: plan.truncated };
}

function planRows(bullets: readonly string[], options: BulletListOptions): Plan {
  for (const size of options.sizes) {
    const rows = bullets.map((text) => wrapRow(text, size, options));
    const spare = options.area.height - tightHeight(rows, size, options);
    if (spare >= 0) return { size, rows: evenRows(bullets, size, options), truncated: false, ...spread(rows.length, spare, size, options) };
  }
  const size = options.sizes.at(-1) ?? 16;
  const rows = cutRows(bullets.map((text) => wrapRow(text, size, options)), size, options);
  return { size, rows, truncated: true, padding: tightPadding(size, options), gap: tightGap(size) };
}

/** Gives the space left over first to the cards, then to the gaps between them. */
function spread(count: number, spare: number, size: number, options: BulletListOptions): Pick<Plan, 'padding' | 'gap'> {
  const extraPadding = Math.min(MAX_EXTRA_PADDING, spare / (2 * count));
  const rest = spare - extraPadding * 2 * count;
  const gap = tightGap(size) + (count > 1 ? Math.min(MAX_GAP - tightGap(size), rest / (count - 1)) : 0);
  return { padding: tightPadding(size, options) + extraPadding, gap };
}

const tightGap = (size: number): number => Math.max(8, Math.round(size * 0.35));
const tightPadding = (size: number, { cards }: BulletListOptions): number => (cards === 'filled' ? Math.round(size * 0.38) : 2);
const markWidth = (size: number, mark: BulletMark): number => (mark === 'stripe' ? 28 : Math.round(size * 1.5) + 40);
const badgeSize = (size: number): number => Math.round(size * 1.5);

function textWidthOf(size: number, { area, mark, cards }: BulletListOptions): number {
  return area.width - markWidth(size, mark) - (cards === 'filled' ? 24 : 0);
}

const leadLength = (text: string): number => LEAD.exec(text)?.[0].length ?? 0;

function wrapRow(text: string, size: number, options: BulletListOptions): Row {
  const lead = leadLength(text);
  return { lead, lines: wrapLines(text, textWidthOf(size, options), { size, weight: lead > 0 ? 600 : 400 }) };
}

const evenRows = (bullets: readonly string[], size: number, options: BulletListOptions): Row[] =>
  bullets.map((text) => {
    const lead = leadLength(text);
    return { lead, lines: wrapEvenly(text, textWidthOf(size, options), { size, weight: lead > 0 ? 600 : 400 }, LEAST_LINE) };
  });

function rowHeight(row: Row, { size, padding }: Pick<Plan, 'size' | 'padding'>, { mark }: BulletListOptions): number {
  const text = row.lines.length * size * LINE;
  return Math.round((mark === 'stripe' ? text : Math.max(text, badgeSize(size))) + 2 * padding);
}

function tightHeight(rows: readonly Row[], size: number, options: BulletListOptions): number {
  const padding = tightPadding(size, options);
  return rows.reduce((sum, row) => sum + rowHeight(row, { size, padding }, options), 0) + tightGap(size) * (rows.length - 1);
}

/** Takes lines from the longest rows until all rows fit. */
function cutRows(rows: readonly Row[], size: number, options: BulletListOptions): Row[] {
  const cut = rows.map((row) => ({ ...row }));
  const style = { size, weight: 600 } as const;
  while (tightHeight(cut, size, options) > options.area.height) {
    const longest = cut.reduce((left, right) => (right.lines.length > left.lines.length ? right : left));
    if (longest.lines.length <= 1) return cut;
    longest.lines = cutLines(longest.lines, longest.lines.length - 1, textWidthOf(size, options), style);
  }
  return cut;
}

function bulletRow(row: Row, index: number, place: Rectangle, plan: Plan, options: BulletListOptions, colours: ThemeColours): SlideElement {
  const accent = index % 2 === 0 ? colours.accent : colours.secondAccent;
  const card = options.cards === 'filled'
    ? { backgroundColor: colours.card, border: `1px solid ${colours.cardBorder}`, borderRadius: 14 }
    : {};
  return at(place.x, place.y, { width: place.width, height: place.height, alignItems: 'center', ...card }, [
    bulletMark(index, plan.size, options.mark, place.height, accent, colours),
    box({ flexDirection: 'column', fontSize: plan.size, color: colours.text }, rowLines(row, plan.size)),
  ]);
}

function bulletMark(index: number, size: number, mark: BulletMark, height: number, accent: string, colours: ThemeColours): SlideElement {
  if (mark === 'stripe') {
    const stripe = Math.max(12, height - 28);
    return box({ width: 6, height: stripe, borderRadius: 3, backgroundColor: accent, marginLeft: 14, marginRight: 20, flexShrink: 0 });
  }
  const diameter = badgeSize(size);
  const style = {
    width: diameter, height: diameter, borderRadius: diameter / 2, marginLeft: 18, marginRight: 22, flexShrink: 0,
    alignItems: 'center', justifyContent: 'center', fontSize: size * 0.82, fontWeight: 800,
  };
  if (mark === 'number') return box({ ...style, backgroundColor: colours.accent, color: colours.onAccent }, [line(String(index + 1))]);
  return box({ ...style, border: `2px solid ${colours.accent}` }, [checkMark(diameter * 0.52, colours.accent)]);
}

const checkMark = (size: number, colour: string): SlideElement => ({
  type: 'svg',
  props: {
    width: size, height: size, viewBox: '0 0 20 20',
    children: [{ type: 'path', props: { d: 'M3 10.5 L8 15.5 L17 5', fill: 'none', stroke: colour, 'stroke-width': 3, 'stroke-linecap': 'round', 'stroke-linejoin': 'round' } }],
  },
});

/** The leading term stands out; `start` counts the characters of the lines before, which spaces joined. */
function rowLines(row: Row, size: number): SlideElement[] {
  let start = 0;
  return row.lines.map((text) => {
    const bold = Math.min(Math.max(0, row.lead - start), text.length);
    start += text.length + 1;
    const parts = [line(text.slice(0, bold), { fontWeight: 600 }), line(text.slice(bold), { fontWeight: 400 })].filter(({ props }) => props.children !== '');
    return box({ height: size * LINE, alignItems: 'center' }, parts);
  });
}
