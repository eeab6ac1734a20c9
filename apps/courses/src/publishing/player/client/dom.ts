import type { BrowserWindow, PageElement } from './browser.types.js';

export function browser(): BrowserWindow {
  return globalThis as unknown as BrowserWindow;
}

/** The element of the page's fixed frame; a missing one is a mistake of the page, not of the reader. */
export function byId(id: string): PageElement {
  const element = browser().document.getElementById(id);
  if (element === null) throw new Error(`The page has no element "${id}".`);
  return element;
}

/** A new element. Text goes in as text, so no title or answer can become markup. */
export function make(tag: string, attributes: Record<string, string>, ...children: (PageElement | string)[]): PageElement {
  const element = browser().document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

export function icon(name: string): PageElement {
  const namespace = 'http://www.w3.org/2000/svg';
  const svg = browser().document.createElementNS(namespace, 'svg');
  const use = browser().document.createElementNS(namespace, 'use');
  svg.setAttribute('class', 'icon');
  svg.setAttribute('aria-hidden', 'true');
  use.setAttribute('href', `#icon-${name}`);
  svg.append(use);
  return svg;
}

export function onClick(element: PageElement, listener: () => void): void {
  element.addEventListener('click', listener);
}

/** `fill('Lesson {number}', { number: 2 })` is `Lesson 2`. */
export function fill(template: string, values: Record<string, string | number>): string {
  return template.replace(/\{(\w+)\}/g, (_match, name: string) => String(values[name] ?? ''));
}

/** `75,400` ms is `1:15`; hours only when there are any. */
export function clock(milliseconds: number): string {
  const seconds = Math.max(0, Math.floor(milliseconds / 1000));
  const pad = (value: number): string => String(value).padStart(2, '0');
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor(seconds / 60) % 60;
  const start = hours > 0 ? `${hours}:${pad(minutes)}` : String(minutes);
  return `${start}:${pad(seconds % 60)}`;
}

/** Index of the last item that has begun; -1 before the first. */
export function indexAt(items: readonly { start_ms: number }[], milliseconds: number): number {
  let index = -1;
  while (index + 1 < items.length && (items[index + 1]?.start_ms ?? Infinity) <= milliseconds) index += 1;
  return index;
}
