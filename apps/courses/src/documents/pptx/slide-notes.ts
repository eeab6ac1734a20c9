import { DOCUMENT_LIMITS } from '../document-limits.js';
import type { Relationship } from '../ooxml/relationships.js';
import { descendantsOf, parseXml } from '../ooxml/xml.js';
import type { ZipArchive } from '../zip/zip-archive.js';
import { paragraphsOf, placeholderOf } from './shape-text.js';

/** What the speaker notes say, a line per paragraph; empty when there are none. */
export async function readNotes(archive: ZipArchive, relationships: ReadonlyMap<string, Relationship>): Promise<string> {
  const notes = [...relationships.values()].find(({ type }) => type === 'notesSlide');
  if (notes === undefined || !archive.has(notes.target)) return '';
  const root = parseXml(await archive.bytes(notes.target, DOCUMENT_LIMITS.xmlPartBytes));
  return descendantsOf(root, 'p:sp')
    .filter((shape) => placeholderOf(shape)?.type === 'body')
    .flatMap((shape) => paragraphsOf(shape).map(({ text }) => text))
    .join('\n')
    .trim();
}
