import type { Block } from '@tecnocursos/contracts';
import { HTMLElement, NodeType, type Node } from 'node-html-parser';
import { listItems } from './html-lists.js';
import { tableBlock } from './html-tables.js';
import { isDropped, picturesIn, textOf } from './html-text.js';

const CONTAINERS: ReadonlySet<string> = new Set([
  'DIV', 'SECTION', 'ARTICLE', 'MAIN', 'HEADER', 'FOOTER', 'BLOCKQUOTE', 'FIGURE', 'DETAILS', 'SUMMARY', 'BODY', 'HTML', 'ASIDE', 'NAV', 'CENTER', 'FORM',
]);
const BLOCK_TAGS = /^(H[1-6]|P|UL|OL|TABLE|PRE|DL|HR|FIGCAPTION|IMG)$/;

/**
 * Turns HTML into blocks. Only known elements mean something; scripts, styles and forms vanish, every other element is its text.
 * An `img` counts when its `src` is the id of a picture that was gathered before.
 */
export function htmlToBlocks(root: HTMLElement): Block[] {
  const blocks: Block[] = [];
  let inline = '';
  const flush = (): void => {
    if (inline.trim() !== '') blocks.push({ type: 'paragraph', text: inline });
    inline = '';
  };
  for (const node of root.childNodes) {
    if (!(node instanceof HTMLElement) || !isBlockLevel(node)) {
      inline += textOf(node);
      blocks.push(...picturesIn(node));
      continue;
    }
    flush();
    blocks.push(...elementToBlocks(node));
  }
  flush();
  return blocks;
}

function isBlockLevel(element: HTMLElement): boolean {
  return isDropped(element) || CONTAINERS.has(element.tagName) || BLOCK_TAGS.test(element.tagName);
}

function elementToBlocks(element: HTMLElement): Block[] {
  if (isDropped(element)) return [];
  const tag = element.tagName;
  const heading = /^H([1-6])$/.exec(tag);
  if (heading !== null) return [{ type: 'heading', level: Number(heading[1]), text: textOf(element) }, ...picturesIn(element)];
  if (tag === 'UL' || tag === 'OL') return [{ type: 'list', ordered: tag === 'OL', items: listItems(element, 0) }, ...picturesIn(element)];
  if (tag === 'TABLE') return [tableBlock(element), ...picturesIn(element)];
  if (tag === 'PRE') return [{ type: 'code', text: codeOf(element) }];
  if (tag === 'IMG') return picturesIn(element);
  if (CONTAINERS.has(tag)) return htmlToBlocks(element);
  return paragraphBlocks(element);
}

function paragraphBlocks(element: HTMLElement): Block[] {
  const text = textOf(element);
  const pictures = picturesIn(element);
  if (text.trim() === '') return pictures;
  // Word puts a picture in line at the head of the paragraph that speaks of it, or alone.
  return [...pictures, { type: 'paragraph', text }];
}

function codeOf(element: Node): string {
  if (element.nodeType === NodeType.TEXT_NODE) return element.text;
  if (element instanceof HTMLElement && element.tagName === 'BR') return '\n';
  return element.childNodes.map(codeOf).join('');
}
