import type { Block, Document } from '@tecnocursos/contracts';
import { visibleLine, visibleText } from './clean-text.js';

const OPENING = '<document>';
const CLOSING = '</document>';
/** Our own marks and those that models are trained on: inside a text they would look like its end. */
const DELIMITER = /[<＜‹〈⟨﹤]\s{0,20}(?=[/／]?\s{0,20}(?:document|system|assistant|user|instructions?)\b|\|)/giu;
const ROLE_MARK = /\[(?=\/?INST\])|<<(?=\/?SYS>>)/gi;

/** A text in which nothing can be taken for the end of the material. */
const neutral = (text: string): string => text.replaceAll(DELIMITER, '(').replaceAll(ROLE_MARK, '(');

/** A text as material between its two lines; its own lines stay. */
export const textMaterial = (text: string): string => enclosed(neutral(visibleText(text)));

/** Rendered blocks as material. */
export const enclosed = (content: string): string => `${OPENING}\n${content}\n${CLOSING}`;

/** Each block as one line: `[n] ` and its content with Markdown-like marks. `n` is the block's index in the document. */
export function blockLines(document: Document, first = 0, end = document.blocks.length): string[] {
  return document.blocks.slice(first, end).map((block, offset) => `[${first + offset}] ${neutral(blockLine(block))}`);
}

function blockLine(block: Block): string {
  switch (block.type) {
    case 'heading':
      return `${'#'.repeat(block.level)} ${visibleLine(block.text)}`;
    case 'paragraph':
      return visibleLine(block.text);
    case 'list':
      return block.items.map(({ text }, index) => `${block.ordered ? `${index + 1}.` : '-'} ${visibleLine(text)}`).join(' ');
    case 'table':
      return block.rows.map((row) => `| ${row.map(visibleLine).join(' | ')} |`).join(' ');
    case 'code':
      return `(code${block.language === undefined ? '' : ` ${visibleLine(block.language)}`}) ${visibleText(block.text).replaceAll('\n', ' ⏎ ')}`;
    case 'picture':
      return `(picture image_id=${JSON.stringify(block.image_id)}) ${visibleLine(`${block.alt} ${block.caption ?? ''}`)}`;
    case 'notes':
      return `(speaker notes) ${visibleLine(block.text)}`;
  }
}
