import type { DraftBlock } from './pdf-draft.js';
import type { LineJoiner } from './pdf-hyphens.js';

const ENDED = /[.!?:;…]["”»)\]]?$/;

/** Puts together what a page or column break parted: sentences, lists, tables and code. Pictures in between do not matter. */
export function joinRegions(regions: ReadonlyArray<readonly DraftBlock[]>, joiner: LineJoiner): DraftBlock[] {
  const joined: DraftBlock[] = [];
  for (const region of regions) {
    const [first, ...rest] = region;
    if (first === undefined) continue;
    const before = joined.findLast(({ block }) => block.type !== 'picture');
    const merged = before === undefined ? undefined : merge(before.block, first.block, joiner);
    if (before === undefined || merged === undefined) joined.push(first);
    else before.block = merged;
    joined.push(...rest);
  }
  return joined;
}

function merge(before: DraftBlock['block'], after: DraftBlock['block'], joiner: LineJoiner): DraftBlock['block'] | undefined {
  if (before.type === 'paragraph' && after.type === 'paragraph') {
    const goesOn = !ENDED.test(before.text) && /^[\p{Ll}\d(]/u.test(after.text);
    return goesOn ? { ...before, text: joiner.join([before.text, after.text]) } : undefined;
  }
  if (before.type === 'list' && after.type === 'list') {
    const [first] = before.items;
    return before.ordered === after.ordered && first !== undefined ? { ...before, items: [...before.items, ...after.items] } : undefined;
  }
  if (before.type === 'list' && after.type === 'paragraph') return continueItem(before, after.text, joiner);
  if (before.type === 'table' && after.type === 'table') return mergeTables(before, after);
  if (before.type === 'code' && after.type === 'code') return { ...before, text: `${before.text}\n${after.text}` };
  return undefined;
}

type List = Extract<DraftBlock['block'], { type: 'list' }>;
type Table = Extract<DraftBlock['block'], { type: 'table' }>;

function continueItem(list: List, text: string, joiner: LineJoiner): List | undefined {
  const last = list.items.at(-1);
  if (last === undefined || ENDED.test(last.text) || !/^\p{Ll}/u.test(text)) return undefined;
  return { ...list, items: [...list.items.slice(0, -1), { ...last, text: joiner.join([last.text, text]) }] };
}

/** The header row is often printed again on the next page. */
function mergeTables(before: Table, after: Table): Table | undefined {
  const [header] = before.rows;
  const [first, ...rest] = after.rows;
  if (header === undefined || first === undefined || header.length !== first.length) return undefined;
  const isRepeated = header.every((cell, column) => cell === first[column]);
  if (after.header && !isRepeated) return undefined;
  return { ...before, rows: [...before.rows, ...(isRepeated ? rest : after.rows)] };
}
