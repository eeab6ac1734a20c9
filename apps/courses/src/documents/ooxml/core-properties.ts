import { DOCUMENT_LIMITS } from '../document-limits.js';
import type { ZipArchive } from '../zip/zip-archive.js';
import { childAt, parseXml, textOf } from './xml.js';

const PART = 'docProps/core.xml';

/** The title that the author gave in the document's properties, unless a program did it for them. */
export async function coreTitle(archive: ZipArchive): Promise<string | undefined> {
  if (!archive.has(PART)) return undefined;
  const title = textOf(childAt(parseXml(await archive.bytes(PART, DOCUMENT_LIMITS.xmlPartBytes)), 'dc:title'));
  return isMeaningfulTitle(title) ? title : undefined;
}

const BY_PROGRAM = /^(microsoft (word|powerpoint)\b.*|apresentação( do powerpoint)?|powerpoint presentation|presentation\d*|documento?\s?\d*|document\s?\d*|slide \d+|untitled.*|sem título.*|título|title)$/i;
const FILE_NAME = /\.(docx?|pptx?|pdf|odt|odp|indd|tex|html?|md|txt)$/i;

export function isMeaningfulTitle(title: string): boolean {
  const text = title.trim();
  return text.length >= 3 && !BY_PROGRAM.test(text) && !FILE_NAME.test(text);
}
