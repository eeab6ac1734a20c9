import { widthOf, type Box } from './pdf-page.js';

/** Something with a place on the page: a segment of text, a table or a picture. */
export interface Placed<Item> {
  box: Box;
  /** Whether it is text, which tells columns; pictures and tables only follow. */
  isText: boolean;
  item: Item;
}

/** Points between places that are looked at; wider on posters and on pages of nonsensical size. */
const STEP = 2;
const MOST_STEPS = 400;
/** Points. */
const NARROWEST_GUTTER = 9;
const SHARE_CROSSING = 0.5;
const FEWEST_LINES = 4;
const FULL_LINE = 0.6;
const SHARE_OF_FULL_LINES = 0.4;

/** Splits a page into regions in reading order: one for a plain page; for two columns, each column between lines that span both. */
export function toRegions<Item>(placed: ReadonlyArray<Placed<Item>>): Array<Array<Placed<Item>>> {
  const sorted = [...placed].sort((one, other) => one.box.top - other.box.top);
  const gutter = findGutter(sorted.filter(({ isText }) => isText).map(({ box }) => box));
  if (gutter === undefined) return [sorted];
  const regions: Array<Array<Placed<Item>>> = [[]];
  let left: Array<Placed<Item>> = [];
  let right: Array<Placed<Item>> = [];
  const flush = (next?: Placed<Item>): void => {
    const led = next === undefined ? [] : leadIn(left, right, next);
    if (left.length + right.length > 0) regions.push(left, right, led);
    left = [];
    right = [];
  };
  for (const entry of sorted) {
    if (entry.box.right <= gutter) left.push(entry);
    else if (entry.box.left >= gutter) right.push(entry);
    else {
      flush(entry);
      regions.at(-1)?.push(entry);
    }
  }
  flush();
  return regions.filter((region) => region.length > 0);
}

/** Takes from the left column what stands below both columns and closer to what follows: the heading of the next part. */
function leadIn<Item>(left: Array<Placed<Item>>, right: ReadonlyArray<Placed<Item>>, next: Placed<Item>): Array<Placed<Item>> {
  const led: Array<Placed<Item>> = [];
  const floor = Math.max(...right.map(({ box }) => box.bottom));
  for (let last = left.at(-1); last !== undefined && right.length > 0 && last.box.top > floor; last = left.at(-1)) {
    const above = left.at(-2);
    const below = led[0] ?? next;
    if (above !== undefined && below.box.top - last.box.bottom >= last.box.top - above.box.bottom) break;
    led.unshift(last);
    left.pop();
  }
  return led;
}

/** The middle of the emptiest band that has prose on both sides. */
function findGutter(boxes: readonly Box[]): number | undefined {
  if (boxes.length < FEWEST_LINES * 2) return undefined;
  const left = Math.min(...boxes.map((box) => box.left));
  const right = Math.max(...boxes.map((box) => box.right));
  return bandsBetween(boxes, left + (right - left) * 0.3, left + (right - left) * 0.7)
    .filter(({ start, end }) => end - start + STEP >= NARROWEST_GUTTER)
    .sort((one, other) => one.crossing - other.crossing || other.end - other.start - (one.end - one.start))
    .map(({ start, end }) => (start + end) / 2)
    .find((x) => isProse(boxes.filter((box) => box.right <= x), x - left) && isProse(boxes.filter((box) => box.left >= x), right - x));
}

interface Band {
  start: number;
  end: number;
  /** Lines that run across it. */
  crossing: number;
}

function bandsBetween(boxes: readonly Box[], from: number, to: number): Band[] {
  const bands: Band[] = [];
  let current: Band | undefined;
  const step = Math.max(STEP, (to - from) / MOST_STEPS);
  for (let x = from; x <= to; x += step) {
    const crossing = boxes.filter((box) => box.left < x && box.right > x).length;
    if (crossing > boxes.length * SHARE_CROSSING) current = undefined;
    else if (current?.crossing === crossing) current.end = x;
    else bands.push((current = { start: x, end: x, crossing }));
  }
  return bands;
}

/** Prose fills most of its lines; cells of a table do not. */
function isProse(boxes: readonly Box[], width: number): boolean {
  const full = boxes.filter((box) => widthOf(box) > width * FULL_LINE).length;
  return boxes.length >= FEWEST_LINES && full >= boxes.length * SHARE_OF_FULL_LINES;
}
