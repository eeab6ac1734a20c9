import type { Block } from '@tecnocursos/contracts';
import { hasNoText, tooManyPages, unreadable } from '../document.errors.js';
import { DOCUMENT_LIMITS } from '../document-limits.js';
import type { DraftDocument } from '../finish-document.js';
import { dropRecurringPictures } from '../blocks/recurring-pictures.js';
import { ImageCollector } from '../images/image-collector.js';
import { coreTitle } from '../ooxml/core-properties.js';
import { readRelationships } from '../ooxml/relationships.js';
import { childAt, elementsOf, parseXml, type XmlElement } from '../ooxml/xml.js';
import { ZipArchive } from '../zip/zip-archive.js';
import { readNotes } from './slide-notes.js';
import { SlideShapes } from './slide-shapes.js';
import { slideTitle } from './slide-title.js';

const PRESENTATION = 'ppt/presentation.xml';

export async function readPptx(path: string): Promise<DraftDocument> {
  await using archive = await ZipArchive.open(path);
  const parts = await slideParts(archive);
  if (parts.length > DOCUMENT_LIMITS.pages) throw tooManyPages(parts.length);
  const images = new ImageCollector();
  const slides: Block[][] = [];
  for (const [index, part] of parts.entries()) {
    const slide = await readPart(archive, part);
    if (slide.attributes['show'] === '0') images.warn(`Slide ${index + 1} is hidden and was left out.`);
    else slides.push(await readSlide({ archive, part, slide, number: index + 1, images }));
  }
  const [first] = slides;
  const cover = first?.[0]?.type === 'heading' && !isWithoutText(first[0]) ? first[0].text : undefined;
  if (slides.flat().every(isWithoutText)) throw hasNoText('The slides have no text, only pictures.');
  const blocks = dropRecurringPictures(slides);
  return { format: 'pptx', titles: [cover, await coreTitle(archive)], pages: Math.max(1, parts.length), blocks, images };
}

/** Slides without a title are named by their number, which is no text of the document. */
function isWithoutText(block: Block): boolean {
  return block.type === 'picture' || (block.type === 'heading' && /^Slide \d+$/.test(block.text));
}

async function readPart(archive: ZipArchive, part: string): Promise<XmlElement> {
  return parseXml(await archive.bytes(part, DOCUMENT_LIMITS.xmlPartBytes));
}

/** Names of the slides' parts in the order of the presentation. */
async function slideParts(archive: ZipArchive): Promise<string[]> {
  const relationships = await readRelationships(archive, PRESENTATION);
  const list = childAt(await readPart(archive, PRESENTATION), 'p:sldIdLst');
  const parts = elementsOf(list).flatMap(({ attributes }) => relationships.get(attributes['r:id'] ?? '')?.target ?? []);
  if (parts.length === 0) throw unreadable('The presentation has no slides.');
  return parts;
}

interface SlideInput {
  archive: ZipArchive;
  part: string;
  slide: XmlElement;
  /** Counted from 1. */
  number: number;
  images: ImageCollector;
}

async function readSlide({ archive, part, slide, number, images }: SlideInput): Promise<Block[]> {
  const relationships = await readRelationships(archive, part);
  const shapes = new SlideShapes({ archive, relationships, images, number });
  const content = await shapes.read(childAt(slide, 'p:cSld', 'p:spTree'));
  const { title, body } = slideTitle(shapes.title, content, number);
  const notes = await readNotes(archive, relationships);
  return [{ type: 'heading', level: 2, text: title }, ...body, ...(notes === '' ? [] : [{ type: 'notes' as const, text: notes }])];
}
