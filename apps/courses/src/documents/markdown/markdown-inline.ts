import type { Token, Tokens } from 'marked';
import { decodeEntities, isDroppedTag } from '../html/html-text.js';
import { childTokens } from './markdown-pictures.js';

/** The visible text of inline tokens: tags are dropped, and so is all that stands between the tags of a script or its like. */
export function inlineText(tokens: readonly Token[]): string {
  let dropped: string | undefined;
  let text = '';
  for (const token of tokens) {
    const tag = token.type === 'html' ? tagOf((token as Tokens.Tag).raw) : undefined;
    if (dropped !== undefined) {
      if (tag !== undefined && tag.isClosing && tag.name === dropped) dropped = undefined;
    } else if (tag !== undefined) {
      if (!tag.isClosing && !tag.isEmpty && isDroppedTag(tag.name)) dropped = tag.name;
      else if (tag.name === 'br') text += ' ';
    } else {
      text += tokenText(token);
    }
  }
  return text;
}

function tokenText(token: Token): string {
  switch (token.type) {
    case 'image':
    case 'html':
    case 'checkbox':
      return '';
    case 'br':
      return ' ';
    case 'codespan':
      return (token as Tokens.Codespan).text;
    case 'escape':
      return (token as Tokens.Escape).text;
    default: {
      const children = childTokens(token);
      if (children.length > 0) return inlineText(children);
      return 'text' in token && typeof token.text === 'string' ? decodeEntities(token.text) : '';
    }
  }
}

const VOID_TAGS: ReadonlySet<string> = new Set(['input', 'embed', 'link', 'meta', 'base']);

function tagOf(raw: string): { name: string; isClosing: boolean; isEmpty: boolean } | undefined {
  const match = /^<(\/?)([a-z][\w-]*)/i.exec(raw);
  if (match === null) return undefined;
  const name = (match[2] ?? '').toLowerCase();
  return { name, isClosing: match[1] === '/', isEmpty: raw.endsWith('/>') || VOID_TAGS.has(name) };
}
