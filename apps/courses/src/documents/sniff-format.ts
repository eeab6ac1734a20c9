import { open } from 'node:fs/promises';
import type { DocumentFormat } from '@tecnocursos/contracts';
import { emptyFile, encrypted, unreadable, unsupportedType } from './document.errors.js';
import { decodeText } from './text/decode-text.js';
import { ZipArchive } from './zip/zip-archive.js';

const HEAD_BYTES = 4_096;
/** PDF readers accept junk before the header within the first kilobyte (ISO 32000-1, annex H.3.4.1). */
const PDF_HEADER_WITHIN = 1_024;
const PDF_HEADER = /(^|[\r\n\0])%PDF-\d/;

interface ForeignKind {
  /** First bytes, in hexadecimal. */
  magic: string;
  name: string;
  remedy?: string;
  /** Whether the magic is proof enough in a file that otherwise looks like text. */
  isText?: true;
}

const FOREIGN_KINDS: readonly ForeignKind[] = [
  { magic: '4d5a', name: 'a Windows program' },
  { magic: '7f454c46', name: 'a Linux program' },
  { magic: 'feedface', name: 'a macOS program' },
  { magic: 'feedfacf', name: 'a macOS program' },
  { magic: 'cffaedfe', name: 'a macOS program' },
  { magic: 'cafebabe', name: 'a program' },
  { magic: '89504e47', name: 'a picture', remedy: 'Put the picture into a document, with text around it, and send that.' },
  { magic: 'ffd8ff', name: 'a picture', remedy: 'Put the picture into a document, with text around it, and send that.' },
  { magic: '47494638', name: 'a picture', remedy: 'Put the picture into a document, with text around it, and send that.' },
  { magic: '7b5c727466', name: 'an RTF document', remedy: 'Save it as DOCX or PDF and send that.', isText: true },
  { magic: '52617221', name: 'a RAR archive', remedy: 'Unpack it and send the document inside.' },
  { magic: '377abcaf', name: 'a 7-Zip archive', remedy: 'Unpack it and send the document inside.' },
  { magic: '1f8b', name: 'a gzip archive', remedy: 'Unpack it and send the document inside.' },
];

/**
 * Tells a document's format by its content; the name decides between Markdown and plain text only.
 * @throws AppError `unsupported_media_type`, `document_encrypted`, or `document_unreadable` for an empty or damaged file.
 */
export async function sniffFormat(path: string, fileName: string): Promise<DocumentFormat> {
  const head = await readHead(path);
  if (head.length === 0) throw emptyFile();
  if (PDF_HEADER.test(head.toString('latin1', 0, PDF_HEADER_WITHIN))) return 'pdf';
  const magic = head.toString('hex', 0, 8);
  if (magic.startsWith('d0cf11e0')) return refuseCompoundFile(path);
  if (magic.startsWith('504b0304') || magic.startsWith('504b0506')) return sniffZip(path);
  const looksLikeText = isPlausibleText(head);
  const kind = FOREIGN_KINDS.find((candidate) => magic.startsWith(candidate.magic));
  if (kind !== undefined && (kind.isText === true || !looksLikeText)) {
    throw unsupportedType(`The file is ${kind.name}, not a document that can be read.`, kind.remedy);
  }
  if (!looksLikeText) throw unsupportedType('The file is of an unknown kind.');
  return /\.(md|markdown)$/i.test(fileName) ? 'markdown' : 'text';
}

async function readHead(path: string): Promise<Buffer> {
  const file = await open(path, 'r');
  try {
    const buffer = Buffer.alloc(HEAD_BYTES);
    const { bytesRead } = await file.read(buffer, 0, HEAD_BYTES, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

/** Text has no control characters but tabs and line ends, whatever its encoding. */
function isPlausibleText(head: Buffer): boolean {
  const text = decodeText(head);
  let controls = 0;
  for (const character of text) if (/[\u0000-\u0008\u000E-\u001A\u001C-\u001F\u007F\uFFFD]/u.test(character)) controls += 1;
  return controls <= text.length / 200;
}

async function sniffZip(path: string): Promise<DocumentFormat> {
  await using archive = await ZipArchive.open(path);
  const { names } = archive;
  if (names.some((name) => archive.isEncrypted(name))) throw encrypted();
  if (names.some((name) => /^word\/document\d*\.xml$/.test(name))) return 'docx';
  if (archive.has('ppt/presentation.xml')) return 'pptx';
  if (archive.has('[Content_Types].xml') && !names.some((name) => name.startsWith('xl/') || name.startsWith('visio/'))) {
    throw unreadable('The file is damaged: it has no text or slides inside.');
  }
  throw unsupportedType('The file is a zip archive, but neither a DOCX nor a PPTX document.');
}

/** Directory names of compound files are UTF-16; Office puts an encrypted document into a stream of this name. */
const ENCRYPTED_STREAM = Buffer.from('EncryptedPackage', 'utf16le');
const COMPOUND_FILE_SEARCHED = 64 * 1024 * 1024;

async function refuseCompoundFile(path: string): Promise<never> {
  const file = await open(path, 'r');
  try {
    const { size } = await file.stat();
    const bytes = Buffer.alloc(Math.min(size, COMPOUND_FILE_SEARCHED));
    await file.read(bytes, 0, bytes.length, 0);
    if (bytes.includes(ENCRYPTED_STREAM)) throw encrypted();
  } finally {
    await file.close();
  }
  throw unsupportedType('The file is of an old Office format (.doc, .ppt or .xls).', 'Save it as DOCX, PPTX or PDF and send that.');
}
