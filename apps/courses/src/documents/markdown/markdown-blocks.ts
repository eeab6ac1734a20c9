import type { Block } from '@tecnocursos/contracts';
import type { Token, Tokens } from 'marked';
import { parse } from 'node-html-parser';
import { htmlToBlocks } from '../html/html-blocks.js';
import { childTokens, type PictureIds } from './markdown-pictures.js';
import { inlineText } from './markdown-inline.js';

export function tokensToBlocks(tokens: readonly Token[], pictures: PictureIds): Block[] {
  return tokens.flatMap((token) => tokenToBlocks(token, pictures));
}

function tokenToBlocks(token: Token, pictures: PictureIds): Block[] {
  switch (token.type) {
    case 'heading':
      return [{ type: 'heading', level: (token as Tokens.Heading).depth, text: inlineText(childTokens(token)) }, ...picturesIn(token, pictures)];
    case 'paragraph':
    case 'text':
      return [{ type: 'paragraph', text: textOf(token) }, ...picturesIn(token, pictures)];
    case 'list':
      return listBlocks(token as Tokens.List, pictures);
    case 'table':
      return [tableBlock(token as Tokens.Table), ...picturesIn(token, pictures)];
    case 'code':
      return [codeBlock(token as Tokens.Code)];
    case 'blockquote':
      return tokensToBlocks(childTokens(token), pictures);
    case 'html':
      return htmlToBlocks(parse((token as Tokens.HTML).text, { comment: false }));
    default:
      return [];
  }
}

function textOf(token: Token): string {
  const children = childTokens(token);
  return inlineText(children.length > 0 ? children : [token]);
}

function picturesIn(token: Token, pictures: PictureIds): Block[] {
  if (token.type === 'image') {
    const { href, text, title } = token as Tokens.Image;
    const id = pictures.get(href);
    return id === undefined ? [] : [{ type: 'picture', image_id: id, alt: text, ...(title ? { caption: title } : {}) }];
  }
  return childTokens(token).flatMap((child) => picturesIn(child, pictures));
}

function codeBlock({ lang, text }: Tokens.Code): Block {
  const language = lang?.trim().split(/\s/)[0]?.replace(/[^\w+#.-]/g, '').slice(0, 30);
  return { type: 'code', ...(language ? { language } : {}), text: text === '' ? ' ' : text };
}

function tableBlock({ header, rows }: Tokens.Table): Block {
  return { type: 'table', header: true, rows: [header, ...rows].map((row) => row.map((cell) => inlineText(cell.tokens))) };
}

/** One flat list, then what the items hold that a list cannot: code, tables, pictures. */
function listBlocks(list: Tokens.List, pictures: PictureIds): Block[] {
  const items: Array<{ text: string; level: number }> = [];
  const others: Block[] = [];
  const visit = ({ items: members }: Tokens.List, level: number): void => {
    for (const item of members) {
      items.push({ text: item.tokens.filter(isItemText).map(textOf).join(' '), level });
      for (const child of item.tokens) {
        if (child.type === 'list') visit(child as Tokens.List, level + 1);
        else if (!isItemText(child)) others.push(...tokenToBlocks(child, pictures));
        else others.push(...picturesIn(child, pictures));
      }
    }
  };
  visit(list, 0);
  return [{ type: 'list', ordered: list.ordered, items }, ...others];
}

function isItemText({ type }: Token): boolean {
  return type === 'text' || type === 'paragraph';
}
