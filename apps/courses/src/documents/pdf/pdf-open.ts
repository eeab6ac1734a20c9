import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, sep } from 'node:path';
import { getDocument, type PDFDocumentProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { encrypted, tooManyPages, unreadable } from '../document.errors.js';
import { DOCUMENT_LIMITS } from '../document-limits.js';

const ASSETS = dirname(createRequire(import.meta.url).resolve('pdfjs-dist/package.json'));
const ERRORS_ONLY = 0;

/** @throws AppError `document_encrypted`, `document_unreadable`, `document_too_long`. */
export async function openPdf(bytes: Uint8Array): Promise<PDFDocumentProxy> {
  const document = await load(bytes);
  if (document.numPages > DOCUMENT_LIMITS.pages) {
    await document.loadingTask.destroy();
    throw tooManyPages(document.numPages);
  }
  return document;
}

async function load(bytes: Uint8Array): Promise<PDFDocumentProxy> {
  try {
    return await getDocument({
      data: bytes,
      verbosity: ERRORS_ONLY,
      // Names of fonts tell bold and monospace, which nothing else does.
      fontExtraProperties: true,
      disableFontFace: true,
      useSystemFonts: false,
      isOffscreenCanvasSupported: false,
      isImageDecoderSupported: false,
      enableXfa: false,
      maxImageSize: DOCUMENT_LIMITS.imagePixels,
      cMapUrl: assets('cmaps'),
      cMapPacked: true,
      standardFontDataUrl: assets('standard_fonts'),
      wasmUrl: assets('wasm'),
      iccUrl: assets('iccs'),
    }).promise;
  } catch (cause) {
    if (cause instanceof Error && cause.name === 'PasswordException') throw encrypted(cause);
    throw unreadable('The PDF is damaged and cannot be opened.', cause);
  }
}

function assets(folder: string): string {
  return join(ASSETS, folder) + sep;
}

const IMAGE_DICTIONARY = /\/Subtype\s*\/Image\b/g;
const DICTIONARY_REACH = 1_000;

/**
 * Pictures beyond the limit, which pdf.js leaves out without a word. Dictionaries of pictures are never compressed
 * (ISO 32000-1, 7.5.7: streams do not stand in object streams), so the bytes of the file show them.
 */
export function countOversizedImages(bytes: Uint8Array): number {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
  let count = 0;
  for (const { index } of file.matchAll(IMAGE_DICTIONARY)) {
    const start = Math.max(file.lastIndexOf(' obj', index), index - DICTIONARY_REACH);
    const end = file.indexOf('stream', index);
    const dictionary = file.slice(start, Math.min(end === -1 ? Infinity : end, index + DICTIONARY_REACH));
    const width = Number(/\/Width\s+(\d+)/.exec(dictionary)?.[1] ?? 0);
    const height = Number(/\/Height\s+(\d+)/.exec(dictionary)?.[1] ?? 0);
    if (width * height > DOCUMENT_LIMITS.imagePixels) count += 1;
  }
  return count;
}

export function readPdfBytes(path: string): Promise<Uint8Array> {
  return readFile(path).then((buffer) => new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.byteLength));
}
