import type { Block } from '@tecnocursos/contracts';
import { headingOf, type Passage } from './text-headings.js';

/** Longest line that a person or program wraps to; a longer one is a paragraph of its own. */
const WRAPPED_WIDTH = 110;
const UNDERLINE = /^(={3,}|-{3,}|~{3,}|\*{3,})$/;
const ITEM = /^(\s*)(?:[-*•●◦▪‣·–]|(\d{1,3}[.)]|[a-z][.)]))\s+(\S.*)$/;

/** Finds paragraphs, lists, tables of tabs and headings in text that marks none of them. */
export function textToBlocks(text: string): Block[] {
  const passages = toPassages(text.replace(/\r\n?|\u2028|\u2029/g, '\n').replace(/\f/g, '\n\n'));
  const blocks: Block[] = [];
  for (const [index, passage] of passages.entries()) {
    const next = passages[index + 1];
    const heading = headingOf(passage, { isFirst: index === 0, next });
    if (heading !== undefined) blocks.push(heading);
    else pushBody(blocks, passage);
  }
  return joinNeighbouringLists(blocks);
}

/** Splits at empty lines, and around underlined titles. */
function toPassages(text: string): Passage[] {
  const passages: Passage[] = [];
  let lines: string[] = [];
  const flush = (): void => {
    if (lines.length > 0) passages.push({ lines });
    lines = [];
  };
  for (const line of text.split('\n')) {
    if (line.trim() === '') flush();
    else if (UNDERLINE.test(line.trim())) {
      const title = lines.pop();
      flush();
      if (title !== undefined) passages.push({ lines: [title], underline: line.trim().startsWith('=') ? '=' : '-' });
    } else lines.push(line);
  }
  flush();
  return passages;
}

function pushBody(blocks: Block[], { lines }: Passage): void {
  const table = tableOf(lines);
  if (table !== undefined) {
    blocks.push(table);
    return;
  }
  let previousWidth = Infinity;
  for (const line of lines) {
    const item = ITEM.exec(line);
    const last = blocks.at(-1);
    const isFirstLine = previousWidth === Infinity;
    if (item !== null) pushItem(isFirstLine ? undefined : last, blocks, item);
    else if (!isFirstLine && last?.type === 'list') appendTo(last, line);
    else if (!isFirstLine && last?.type === 'paragraph' && previousWidth <= WRAPPED_WIDTH) last.text = joinWrapped(last.text, line);
    else blocks.push({ type: 'paragraph', text: line.trim() });
    previousWidth = line.length;
  }
}

const INDENT = 2;

function pushItem(last: Block | undefined, blocks: Block[], match: RegExpExecArray): void {
  const ordered = match[2] !== undefined;
  const level = Math.floor((match[1] ?? '').replace(/\t/g, '    ').length / INDENT);
  const item = { text: match[3] ?? '', level };
  if (last?.type === 'list' && (last.ordered === ordered || level > 0)) last.items.push(item);
  else blocks.push({ type: 'list', ordered, items: [item] });
}

function appendTo(list: Extract<Block, { type: 'list' }>, line: string): void {
  const item = list.items.at(-1);
  if (item !== undefined) item.text = joinWrapped(item.text, line);
}

/** A word that was hyphenated at the end of a line is whole again. */
function joinWrapped(text: string, line: string): string {
  return /\p{Ll}-$/u.test(text) && /^\s*\p{Ll}/u.test(line) ? text.slice(0, -1) + line.trim() : `${text} ${line.trim()}`;
}

function tableOf(lines: readonly string[]): Block | undefined {
  const rows = lines.map((line) => line.split('\t').map((cell) => cell.trim()));
  const width = rows[0]?.length ?? 0;
  if (rows.length < 2 || width < 2 || rows.some((row) => row.length !== width)) return undefined;
  return { type: 'table', header: rows[0]?.every((cell) => cell !== '' && !/^[\d.,%$R\s-]+$/.test(cell)) ?? false, rows };
}

/** Items that stand apart by empty lines are one list; their indentation becomes levels from 0 on. */
function joinNeighbouringLists(blocks: readonly Block[]): Block[] {
  const joined: Block[] = [];
  for (const block of blocks) {
    const last = joined.at(-1);
    if (block.type === 'list' && last?.type === 'list' && last.ordered === block.ordered) last.items.push(...block.items);
    else joined.push(block);
  }
  return joined.map((block) => (block.type === 'list' ? levelled(block) : block));
}

function levelled(list: Extract<Block, { type: 'list' }>): Block {
  const indents = [...new Set(list.items.map(({ level }) => level))].sort((one, other) => one - other);
  return { ...list, items: list.items.map(({ text, level }) => ({ text, level: indents.indexOf(level) })) };
}

