import { HTMLElement, type Node } from 'node-html-parser';
import { textOf } from './html-text.js';

export interface ListItem {
  text: string;
  level: number;
}

const NESTED = /^(UL|OL)$/;

/** Items of a list and of those nested in it, flat, each with its depth. */
export function listItems(list: HTMLElement, level: number): ListItem[] {
  return list.childNodes.flatMap((child) => {
    if (!(child instanceof HTMLElement)) return [];
    if (NESTED.test(child.tagName)) return listItems(child, level + 1);
    return [{ text: ownText(child), level }, ...nestedLists(child).flatMap((nested) => listItems(nested, level + 1))];
  });
}

function isNestedList(node: Node): node is HTMLElement {
  return node instanceof HTMLElement && NESTED.test(node.tagName);
}

function ownText(item: HTMLElement): string {
  return item.childNodes.filter((child) => !isNestedList(child)).map(textOf).join('');
}

function nestedLists(item: HTMLElement): HTMLElement[] {
  return item.childNodes.filter(isNestedList);
}
