import type { PDFDocumentProxy, PDFPageProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { AppError } from '@tecnocursos/contracts';
import { dropRecurringPictures } from '../blocks/recurring-pictures.js';
import { hasNoText, tooMuchText, unreadable } from '../document.errors.js';
import { DOCUMENT_LIMITS } from '../document-limits.js';
import type { DraftDocument } from '../finish-document.js';
import { ImageCollector } from '../images/image-collector.js';
import { isMeaningfulTitle } from '../ooxml/core-properties.js';
import { readGraphics } from './pdf-graphics.js';
import { gatherImages } from './pdf-images.js';
import { layOut } from './pdf-layout.js';
import { toMatrix } from './pdf-matrix.js';
import { countOversizedImages, openPdf, readPdfBytes } from './pdf-open.js';
import type { PageContent, StructureNode } from './pdf-page.js';
import { readFragments } from './pdf-text.js';

export async function readPdf(path: string): Promise<DraftDocument> {
  const bytes = await readPdfBytes(path);
  const images = new ImageCollector();
  const oversized = countOversizedImages(bytes);
  if (oversized > 0) images.warn(`${oversized} ${oversized === 1 ? 'picture was' : 'pictures were'} left out: too many pixels.`);
  const document = await openPdf(bytes);
  try {
    const pages = await readPages(document, images);
    const blocks = layOut(pages);
    const title = await metadataTitle(document);
    const heading = blocks.flat().find((block) => block.type === 'heading' && block.level === 1);
    const titles = [heading?.type === 'heading' ? heading.text : undefined, title];
    return { format: 'pdf', titles, pages: document.numPages, blocks: dropRecurringPictures(blocks), images };
  } finally {
    await document.loadingTask.destroy();
  }
}

async function readPages(document: PDFDocumentProxy, images: ImageCollector): Promise<PageContent[]> {
  const pages: PageContent[] = [];
  let characters = 0;
  for (let number = 1; number <= document.numPages; number += 1) {
    try {
      const page = await readPage(await document.getPage(number), number, images);
      characters += page.fragments.reduce((sum, { text }) => sum + text.length, 0);
      pages.push(page);
    } catch (error) {
      if (error instanceof AppError) throw error;
      images.warn(`Page ${number} is damaged and was left out.`);
    }
    if (characters > DOCUMENT_LIMITS.characters) throw tooMuchText();
  }
  if (pages.length === 0) throw unreadable('The PDF is damaged: none of its pages can be read.');
  assertText(pages, characters);
  return pages;
}

/** Letters a page; stamps and page numbers over scans have fewer. */
const SCANNED_BELOW = 12;

function assertText(pages: readonly PageContent[], characters: number): void {
  if (characters === 0) throw hasNoText('The PDF has no text, only pictures.');
  const letters = pages.reduce((sum, { fragments }) => sum + (fragments.map(({ text }) => text).join('').match(/\p{L}/gu)?.length ?? 0), 0);
  const scans = pages.filter(({ images, width, height }) => images.some(({ box }) => (box.right - box.left) * (box.bottom - box.top) > width * height * 0.7));
  if (scans.length >= pages.length * 0.8 && letters < pages.length * SCANNED_BELOW) throw hasNoText('The PDF has no text, only scanned pages.');
}

async function readPage(page: PDFPageProxy, number: number, collector: ImageCollector): Promise<PageContent> {
  const viewport = page.getViewport({ scale: 1 });
  const matrix = toMatrix(viewport.transform);
  const graphics = readGraphics(await page.getOperatorList(), matrix);
  const fragments = (await readFragments(page, matrix)).filter(
    ({ left, right, baseline }) => right > 0 && left < viewport.width && baseline > 0 && baseline < viewport.height + 1,
  );
  const images = await gatherImages(page, graphics.images, collector);
  const structure = (await page.getStructTree()) as StructureNode | null;
  page.cleanup();
  const { rules, dots } = graphics;
  return { number, width: viewport.width, height: viewport.height, fragments, rules, dots, images, structure: structure ?? undefined };
}

async function metadataTitle(document: PDFDocumentProxy): Promise<string | undefined> {
  const { info } = await document.getMetadata();
  const title: unknown = 'Title' in info ? info.Title : undefined;
  return typeof title === 'string' && isMeaningfulTitle(title) ? title : undefined;
}
