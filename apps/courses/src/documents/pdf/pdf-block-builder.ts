import { isCaption } from '../blocks/captions.js';
import type { FlowItem } from './pdf-aligned-tables.js';
import { codeText } from './pdf-code.js';
import type { BlockOf, DraftBlock } from './pdf-draft.js';
import type { LineJoiner } from './pdf-hyphens.js';
import type { Line } from './pdf-lines.js';
import { markerOf, type Marker } from './pdf-markers.js';
import { union, type Box, type PlacedImage } from './pdf-page.js';
import { looksLikeHeading, type DocumentStyle } from './pdf-styles.js';
import { tableBlock } from './pdf-tables.js';

export type RegionItem = FlowItem | { kind: 'picture'; image: PlacedImage };

export interface BuildContext {
  style: DocumentStyle;
  joiner: LineJoiner;
  dots: readonly Box[];
  page: number;
}

interface OpenItem {
  marker: Marker;
  lines: Line[];
}

/** Lines that belong together so far. */
type Open =
  | { kind: 'heading' | 'paragraph' | 'code'; lines: Line[] }
  | { kind: 'list'; lines: Line[]; items: OpenItem[] };

/** Turns the lines of one column into blocks by their looks and distances. */
export function buildBlocks(items: readonly RegionItem[], context: BuildContext): DraftBlock[] {
  return new BlockBuilder(context).build(items);
}

class BlockBuilder {
  readonly #context: BuildContext;
  readonly #drafts: DraftBlock[] = [];
  #open: Open | undefined;

  constructor(context: BuildContext) {
    this.#context = context;
  }

  build(items: readonly RegionItem[]): DraftBlock[] {
    const right = Math.max(...items.map((item) => (item.kind === 'line' ? item.line.right : 0)));
    for (const item of items) {
      if (item.kind === 'line' && isContentsEntry(item.line.text)) continue;
      if (item.kind === 'line') this.#addLine(item.line, right);
      else this.#addWhole(item);
    }
    this.#close();
    return this.#drafts;
  }

  #addWhole(item: Exclude<RegionItem, { kind: 'line' }>): void {
    this.#close();
    const { page, joiner } = this.#context;
    if (item.kind === 'table') {
      this.#drafts.push({ block: tableBlock(item.table, joiner), page, top: item.table.top, bottom: item.table.bottom });
    } else {
      const { imageId, box } = item.image;
      this.#drafts.push({ block: { type: 'picture', image_id: imageId, alt: '' }, page, top: box.top, bottom: box.bottom });
    }
  }

  #addLine(line: Line, right: number): void {
    const { style, dots } = this.#context;
    const above = this.#open?.lines.at(-1);
    const gap = above === undefined ? Infinity : (line.baseline - above.baseline) / line.size;
    const isApart = gap > style.leading * 1.25;
    if (line.monospace && !style.isMonospaced) return this.#continueOr('code', line, gap < style.leading * 3);
    const isHeadingOn = this.#open?.kind === 'heading' && isSameLook(above, line);
    if (looksLikeHeading(line, style, { isApart: isApart || isHeadingOn })) {
      return this.#continueOr('heading', line, isHeadingOn && gap < Math.max(1.7, style.leading * 1.1));
    }
    const marker = markerOf(line, dots);
    if (marker !== undefined && this.#startsItem(marker, isApart)) return this.#addItem(marker, line, gap);
    if (this.#open?.kind === 'list' && !isApart && continuesItem(this.#open, line, right)) {
      this.#open.lines.push(line);
      this.#open.items.at(-1)?.lines.push(line);
      return;
    }
    this.#continueOr('paragraph', line, !isApart && gap > 0.4 && isSameParagraph(this.#open?.lines ?? [], line, right));
  }

  #continueOr(kind: 'heading' | 'paragraph' | 'code', line: Line, continues: boolean): void {
    if (continues && this.#open?.kind === kind) {
      this.#open.lines.push(line);
      return;
    }
    this.#close();
    this.#open = { kind, lines: [line] };
  }

  /** A number in the middle of a text is no item: items begin with 1, follow their forerunner, or stand apart. */
  #startsItem({ ordered, value }: Marker, isApart: boolean): boolean {
    if (!ordered || value === 1 || isApart || this.#open === undefined) return true;
    const last = this.#open.kind === 'list' ? this.#open.items.findLast(({ marker }) => marker.ordered) : undefined;
    return last !== undefined && value === last.marker.value + 1;
  }

  #addItem(marker: Marker, line: Line, gap: number): void {
    const first = this.#open?.kind === 'list' ? this.#open.items[0]?.marker : undefined;
    const isSameList = first !== undefined && (first.ordered === marker.ordered || marker.left > first.left + 3) && gap < this.#context.style.leading * 3;
    if (!isSameList || this.#open?.kind !== 'list') {
      this.#close();
      this.#open = { kind: 'list', lines: [], items: [] };
    }
    this.#open.lines.push(line);
    this.#open.items.push({ marker, lines: [line] });
  }

  #close(): void {
    const open = this.#open;
    this.#open = undefined;
    if (open === undefined) return;
    const { top, bottom } = union(open.lines);
    const place = { page: this.#context.page, top, bottom };
    if (open.kind === 'list') this.#drafts.push({ block: this.#list(open.items), ...place });
    else if (open.kind === 'code') this.#drafts.push({ block: { type: 'code', text: codeText(open.lines) }, ...place });
    else this.#closeText(open.kind, open.lines, place);
  }

  #closeText(kind: 'heading' | 'paragraph', lines: readonly Line[], place: { page: number; top: number; bottom: number }): void {
    const text = this.#context.joiner.join(lines.map((line) => line.text));
    const [first] = lines;
    const picture = this.#drafts.at(-1);
    if (picture?.block.type === 'picture' && first !== undefined && this.#isCaption(picture, first, text)) {
      picture.block = { ...picture.block, caption: text };
    } else if (kind === 'heading' && first !== undefined && text.length <= 200 && lines.length <= 4) {
      this.#drafts.push({ block: { type: 'heading', level: 1, text }, ...place, look: { size: first.size, bold: first.bold } });
    } else {
      this.#drafts.push({ block: { type: 'paragraph', text }, ...place });
    }
  }

  #isCaption(picture: DraftBlock, line: Line, text: string): boolean {
    if (picture.block.type !== 'picture' || picture.block.caption !== undefined || line.top - picture.bottom > line.size * 3) return false;
    const isSmall = line.size <= this.#context.style.bodySize * 0.92 || line.italic;
    return isCaption(text) || (isSmall && text.length <= 160);
  }

  #list(items: readonly OpenItem[]): BlockOf<'list'> {
    const indents: number[] = [];
    const members = items.map(({ marker, lines }) => {
      while (indents.length > 0 && (indents.at(-1) ?? 0) > marker.left + 3) indents.pop();
      if (indents.length === 0 || (indents.at(-1) ?? 0) < marker.left - 3) indents.push(marker.left);
      const text = this.#context.joiner.join([marker.text, ...lines.slice(1).map((line) => line.text)]);
      return { text, level: indents.length - 1 };
    });
    return { type: 'list', ordered: items[0]?.marker.ordered ?? false, items: members };
  }
}

function isSameLook(one: Line | undefined, other: Line): boolean {
  return one !== undefined && one.bold === other.bold && Math.abs(one.size - other.size) < 0.5;
}

/** Entries of a table of contents, with dots up to the page number. */
function isContentsEntry(text: string): boolean {
  return /(?:\.\s?){5,}\s*\d+$/.test(text);
}

/** Further lines of an item hang to the right of its marker, or come after a line that is full. */
function continuesItem(list: Extract<Open, { kind: 'list' }>, line: Line, right: number): boolean {
  const marker = list.items.at(-1)?.marker;
  const above = list.lines.at(-1);
  if (marker === undefined || above === undefined) return false;
  const isFull = above.right > right - (right - above.left) * 0.15;
  return line.left > marker.left + 2 || (line.left > marker.left - 2 && isFull);
}

function isSameParagraph(lines: readonly Line[], line: Line, right: number): boolean {
  const above = lines.at(-1);
  if (above === undefined || Math.abs(above.size - line.size) > line.size * 0.12) return false;
  const isCentred = Math.abs(above.left + above.right - line.left - line.right) < 4;
  const isIndented = line.left > above.left + line.size * 0.9;
  if (isIndented && !isCentred) return false;
  const endsShort = above.right < right - (right - above.left) * 0.18;
  return !(endsShort && /[.!?:…]["”»)]?$/.test(above.text));
}
