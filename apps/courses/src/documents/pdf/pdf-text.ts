import type { PDFPageProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { multiply, toMatrix, type Matrix } from './pdf-matrix.js';
import type { Fragment } from './pdf-page.js';

interface FontTraits {
  bold: boolean;
  italic: boolean;
  monospace: boolean;
}

type TextContent = Awaited<ReturnType<PDFPageProxy['getTextContent']>>;
type TextItem = Extract<TextContent['items'][number], { str: string }>;

/** Text of a page, upright text only. The fonts must be loaded, as they are once the operator list was asked for. */
export async function readFragments(page: PDFPageProxy, viewport: Matrix): Promise<Fragment[]> {
  const content = await page.getTextContent({ includeMarkedContent: true });
  const traits = fontTraits(page, content);
  const fragments: Fragment[] = [];
  const marks: Array<string | undefined> = [];
  let spaceBefore = false;
  for (const item of content.items) {
    if (!('str' in item)) {
      if (item.type === 'endMarkedContent') marks.pop();
      else marks.push(typeof item.id === 'string' ? item.id : marks.at(-1));
      continue;
    }
    const fragment = toFragment(item, viewport, traits.get(item.fontName));
    if (fragment !== undefined) fragments.push({ ...fragment, spaceBefore, contentId: marks.at(-1) });
    spaceBefore = item.hasEOL || item.str.trim() === '' ? spaceBefore || item.hasEOL || item.str !== '' : false;
    if (fragment !== undefined && /\s$/.test(item.str)) spaceBefore = true;
  }
  return fragments;
}

/** Slope from which text counts as turned: stamps and labels of axes. */
const TURNED = 0.1;

function toFragment(item: TextItem, viewport: Matrix, traits: FontTraits | undefined): Omit<Fragment, 'spaceBefore' | 'contentId'> | undefined {
  if (item.str.trim() === '') return undefined;
  const [a, b, c, d, x, baseline] = multiply(viewport, toMatrix(item.transform));
  const size = Math.hypot(c, d);
  if (!isPlausible([x, baseline, size, item.width]) || size < 1 || Math.abs(b) > Math.abs(a) * TURNED || a <= 0) return undefined;
  return {
    text: item.str,
    left: x,
    right: x + item.width,
    baseline,
    size,
    bold: traits?.bold ?? false,
    italic: traits?.italic ?? false,
    monospace: traits?.monospace ?? false,
  };
}

/** PDF pages measure 14,400 points a side at most (ISO 32000-1, annex C); damaged files say otherwise. */
const LARGEST_MEASURE = 14_400;

function isPlausible(measures: readonly number[]): boolean {
  return measures.every((measure) => Math.abs(measure) <= LARGEST_MEASURE);
}

const BOLD = /bold|black|heavy|semibold|demi|[-,]bd|medi(um)?cond/i;
const ITALIC = /italic|oblique|slanted|[-,]it\b/i;
const MONOSPACE = /mono|courier|consol|menlo|typewriter|cmtt|lucidacons|fixed|inconsolata|source ?code/i;

function fontTraits(page: PDFPageProxy, { styles }: TextContent): Map<string, FontTraits> {
  return new Map(Object.keys(styles).map((id) => [id, traitsOf(loadedFont(page, id))]));
}

interface LoadedFont {
  name?: string;
  bold?: boolean;
  black?: boolean;
  italic?: boolean;
  isMonospace?: boolean;
}

function loadedFont(page: PDFPageProxy, id: string): LoadedFont {
  return page.commonObjs.has(id) ? ((page.commonObjs.get(id) as LoadedFont | null) ?? {}) : {};
}

function traitsOf({ name = '', bold, black, italic, isMonospace }: LoadedFont): FontTraits {
  const plainName = name.replace(/^[A-Z]{6}\+/, '');
  return {
    bold: bold === true || black === true || BOLD.test(plainName),
    italic: italic === true || ITALIC.test(plainName),
    monospace: isMonospace === true || MONOSPACE.test(plainName),
  };
}
