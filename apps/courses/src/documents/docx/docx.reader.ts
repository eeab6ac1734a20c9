import mammoth from 'mammoth';
import { HTMLElement, parse } from 'node-html-parser';
import { unreadable } from '../document.errors.js';
import { DOCUMENT_LIMITS } from '../document-limits.js';
import type { DraftDocument } from '../finish-document.js';
import { htmlToBlocks } from '../html/html-blocks.js';
import { ImageCollector } from '../images/image-collector.js';
import { coreTitle } from '../ooxml/core-properties.js';
import { decodeXml, refuseDtd } from '../ooxml/xml.js';
import { ZipArchive } from '../zip/zip-archive.js';
import { storeZip, type StoredEntry } from '../zip/zip-writer.js';

const STYLES = [
  "p[style-name='Title'] => h1.title:fresh",
  "p[style-name='Título'] => h1.title:fresh",
  "p[style-name='Subtitle'] => p:fresh",
  "p[style-name='Code'] => pre:separator('\n')",
  "p[style-name='HTML Preformatted'] => pre:separator('\n')",
  "p[style-name='Preformatted Text'] => pre:separator('\n')",
  // The table of contents says again what the headings say.
  ...Array.from({ length: 9 }, (_, level) => `p[style-name='toc ${level + 1}'] => !`),
  "p[style-name='TOC Heading'] => !",
];

export async function readDocx(path: string): Promise<DraftDocument> {
  await using archive = await ZipArchive.open(path);
  const images = new ImageCollector();
  const html = await convert(await repack(archive), images);
  const root = parse(html, { blockTextElements: { script: false, style: false } });
  dropFootnotes(root);
  const title = root.querySelector('h1.title');
  if (root.querySelector('h1, h2, h3, h4, h5, h6') === null) promoteBoldLines(root);
  return { format: 'docx', titles: [title?.text, await coreTitle(archive)], blocks: htmlToBlocks(root), images };
}

const NEEDED = /^(\[Content_Types\]\.xml|_rels\/\.rels|docProps\/core\.xml|word\/[^/]+\.xml|word\/_rels\/[^/]+\.rels|word\/media\/[^/]+)$/i;

/** A container of bounded, DTD-free parts for mammoth, which inflates whatever it is given. */
async function repack(archive: ZipArchive): Promise<Buffer> {
  const entries: StoredEntry[] = [];
  for (const name of archive.names.filter((candidate) => NEEDED.test(candidate))) {
    const isXml = /\.(xml|rels)$/i.test(name);
    if (!isXml && archive.sizeOf(name) > DOCUMENT_LIMITS.imageBytes) continue;
    const bytes = await archive.bytes(name, isXml ? DOCUMENT_LIMITS.xmlPartBytes : DOCUMENT_LIMITS.imageBytes);
    if (isXml) refuseDtd(decodeXml(bytes));
    entries.push({ name, bytes });
  }
  return storeZip(entries);
}

async function convert(buffer: Buffer, images: ImageCollector): Promise<string> {
  try {
    const { value } = await mammoth.convertToHtml(
      { buffer },
      {
        styleMap: STYLES,
        convertImage: mammoth.images.imgElement(async (image) => ({ src: (await images.add({ bytes: await image.readAsBuffer() })) ?? '' })),
      },
    );
    return value;
  } catch (cause) {
    throw unreadable('The document is damaged: its text cannot be read.', cause);
  }
}

function dropFootnotes(root: HTMLElement): void {
  for (const note of root.querySelectorAll('li[id^="footnote"], li[id^="endnote"]')) note.remove();
}

const LONGEST_BOLD_HEADING = 100;

/** Many teachers make headings by hand: where no style says what a heading is, a short bold line is one. */
function promoteBoldLines(root: HTMLElement): void {
  for (const paragraph of root.childNodes) {
    if (!(paragraph instanceof HTMLElement) || paragraph.tagName !== 'P') continue;
    const text = paragraph.text.trim();
    const bold = paragraph.querySelectorAll('strong').map((strong) => strong.text).join('').trim();
    if (text !== '' && text === bold && text.length <= LONGEST_BOLD_HEADING && !/[.;,:]$/.test(text)) paragraph.tagName = 'H2';
  }
}
