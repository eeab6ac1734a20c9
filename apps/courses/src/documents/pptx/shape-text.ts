import type { Block } from '@tecnocursos/contracts';
import { childAt, elementsOf, textOf, type XmlElement } from '../ooxml/xml.js';

export interface ShapeParagraph {
  text: string;
  level: number;
  /** What stands before the paragraph by its own properties; `inherited` when only the layout knows. */
  bullet: 'none' | 'bullet' | 'number' | 'inherited';
}

export interface Placeholder {
  /** `title`, `ctrTitle`, `subTitle`, `body`, `obj`, `pic`, `ftr`, `sldNum`, `dt` … (ECMA-376, part 1, 19.7.10). */
  type: string;
}

export function placeholderOf(shape: XmlElement): Placeholder | undefined {
  const properties = elementsOf(shape).find(({ name }) => /^p:nv\w+Pr$/.test(name));
  const placeholder = childAt(properties, 'p:nvPr', 'p:ph');
  return placeholder && { type: placeholder.attributes['type'] ?? 'obj' };
}

export function paragraphsOf(shape: XmlElement): ShapeParagraph[] {
  const body = childAt(shape, 'p:txBody') ?? childAt(shape, 'a:txBody') ?? childAt(shape, 'dsp:txBody');
  return elementsOf(body).filter(({ name }) => name === 'a:p').map(toParagraph).filter(({ text }) => text.trim() !== '');
}

export function toParagraph(paragraph: XmlElement): ShapeParagraph {
  const properties = childAt(paragraph, 'a:pPr');
  const text = elementsOf(paragraph).map(runText).join('');
  return { text, level: Number.parseInt(properties?.attributes['lvl'] ?? '0', 10) || 0, bullet: bulletOf(properties) };
}

function runText(run: XmlElement): string {
  if (run.name === 'a:br') return ' ';
  return run.name === 'a:r' || run.name === 'a:fld' ? textOf(childAt(run, 'a:t')) : '';
}

function bulletOf(properties: XmlElement | undefined): ShapeParagraph['bullet'] {
  const names = elementsOf(properties).map(({ name }) => name);
  if (names.includes('a:buNone')) return 'none';
  if (names.includes('a:buAutoNum')) return 'number';
  return names.includes('a:buChar') || names.includes('a:buBlip') ? 'bullet' : 'inherited';
}

/** Lists for runs of bulleted paragraphs, paragraphs for the others. */
export function textBlocks(paragraphs: readonly ShapeParagraph[], placeholder: Placeholder | undefined): Block[] {
  const bulletsByLayout = (placeholder?.type === 'body' || placeholder?.type === 'obj') && paragraphs.length > 1;
  const blocks: Block[] = [];
  for (const { text, level, bullet } of paragraphs) {
    const isItem = bullet === 'inherited' ? bulletsByLayout || level > 0 : bullet !== 'none';
    const last = blocks.at(-1);
    if (!isItem) blocks.push({ type: 'paragraph', text });
    else if (last?.type === 'list' && (level > 0 || last.ordered === (bullet === 'number'))) last.items.push({ text, level });
    else blocks.push({ type: 'list', ordered: bullet === 'number', items: [{ text, level }] });
  }
  return blocks;
}
