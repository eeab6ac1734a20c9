import type { Block } from '@tecnocursos/contracts';
import { HTMLElement } from 'node-html-parser';
import { textOf } from './html-text.js';

export function tableBlock(table: HTMLElement): Block {
  const rows = rowsOf(table);
  const [first, ...rest] = rows;
  const header = first !== undefined && rest.length > 0 && (isMarkedHeader(first) || (isBoldRow(first) && !rest.some(isBoldRow)));
  return { type: 'table', header, rows: rows.length === 0 ? [['']] : rows.map((row) => cellsOf(row).flatMap(spread)) };
}

function rowsOf(element: HTMLElement): HTMLElement[] {
  return childElements(element).flatMap((child) => {
    if (child.tagName === 'TR') return [child];
    return /^(THEAD|TBODY|TFOOT)$/.test(child.tagName) ? rowsOf(child) : [];
  });
}

function cellsOf(row: HTMLElement): HTMLElement[] {
  return childElements(row).filter(({ tagName }) => tagName === 'TD' || tagName === 'TH');
}

const WIDEST_SPAN = 50;

function spread(cell: HTMLElement): string[] {
  const span = Math.min(WIDEST_SPAN, Math.max(1, Number.parseInt(cell.getAttribute('colspan') ?? '1', 10) || 1));
  return [textOf(cell), ...Array.from({ length: span - 1 }, () => '')];
}

function isMarkedHeader(row: HTMLElement): boolean {
  const cells = cellsOf(row);
  return row.parentNode?.tagName === 'THEAD' || (cells.length > 0 && cells.every(({ tagName }) => tagName === 'TH'));
}

function isBoldRow(row: HTMLElement): boolean {
  const cells = cellsOf(row).filter((cell) => cell.text.trim() !== '');
  return cells.length > 0 && cells.every(isBold);
}

function isBold(cell: HTMLElement): boolean {
  const bold = cell.querySelectorAll('strong, b').map(({ text }) => text).join('');
  return bold.replace(/\s/g, '') === cell.text.replace(/\s/g, '');
}

function childElements(element: HTMLElement): HTMLElement[] {
  return element.childNodes.filter((child): child is HTMLElement => child instanceof HTMLElement);
}
