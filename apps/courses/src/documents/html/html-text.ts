import type { Block } from '@tecnocursos/contracts';
import { HTMLElement, NodeType, parse, type Node } from 'node-html-parser';

const DROPPED: ReadonlySet<string> = new Set([
  'SCRIPT', 'STYLE', 'IFRAME', 'OBJECT', 'EMBED', 'TEMPLATE', 'NOSCRIPT', 'SVG', 'MATH', 'HEAD', 'TITLE', 'META', 'LINK', 'BASE',
  'INPUT', 'BUTTON', 'SELECT', 'TEXTAREA', 'APPLET', 'AUDIO', 'VIDEO', 'CANVAS', 'FRAMESET',
]);
const SPACED = /^(BR|P|LI|TD|TH|TR|DIV|H[1-6]|DT|DD)$/;

/** Elements that are dropped with all that they hold. */
export function isDropped(element: HTMLElement): boolean {
  return DROPPED.has(element.tagName);
}

export function isDroppedTag(tag: string): boolean {
  return DROPPED.has(tag.toUpperCase());
}

/** The text that a reader of the page would see. */
export function textOf(node: Node): string {
  if (node.nodeType === NodeType.TEXT_NODE) return node.text;
  if (!(node instanceof HTMLElement) || isDropped(node) || isFootnoteMark(node)) return '';
  const text = node.childNodes.map(textOf).join('');
  return SPACED.test(node.tagName) ? ` ${text} ` : text;
}

/** Pictures anywhere inside, in order. */
export function picturesIn(node: Node): Block[] {
  if (!(node instanceof HTMLElement) || isDropped(node)) return [];
  if (node.tagName !== 'IMG') return node.childNodes.flatMap(picturesIn);
  const id = node.getAttribute('src') ?? '';
  if (!/^image-\d+$/.test(id)) return [];
  return [{ type: 'picture', image_id: id, alt: node.getAttribute('alt') ?? '' }];
}

export function decodeEntities(text: string): string {
  return text.includes('&') ? parse(text.replaceAll('<', '&lt;')).text : text;
}

function isFootnoteMark(element: HTMLElement): boolean {
  return element.tagName === 'SUP' && element.querySelector('a[href^="#footnote"], a[href^="#endnote"]') !== null;
}
