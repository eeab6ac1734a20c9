import { AppError } from '@tecnocursos/contracts';
import { openPromise, type Entry, type ZipFile } from 'yauzl';
import { tooCostly, unreadable } from '../document.errors.js';
import { DOCUMENT_LIMITS } from '../document-limits.js';

/**
 * Read access to an untrusted zip container: few entries, plain relative names, and bounded bytes, both as declared in
 * the directory and as they come out of the inflater.
 */
export class ZipArchive implements AsyncDisposable {
  readonly #zip: ZipFile;
  readonly #entries: ReadonlyMap<string, Entry>;
  #inflated = 0;

  private constructor(zip: ZipFile, entries: ReadonlyMap<string, Entry>) {
    this.#zip = zip;
    this.#entries = entries;
  }

  /** @throws AppError `document_unreadable` for a broken directory, unsafe names and zip bombs. */
  static async open(path: string): Promise<ZipArchive> {
    const zip = await openPromise(path, { autoClose: false }).catch((cause: unknown) => {
      throw unreadable('The file is damaged: its zip directory cannot be read.', cause);
    });
    try {
      return new ZipArchive(zip, await readDirectory(zip));
    } catch (error) {
      zip.close();
      throw error;
    }
  }

  get names(): string[] {
    return [...this.#entries.keys()];
  }

  has(name: string): boolean {
    return this.#entries.has(name);
  }

  isEncrypted(name: string): boolean {
    return this.#entries.get(name)?.isEncrypted() ?? false;
  }

  /** Bytes of an entry after inflating, as its directory declares them; 0 for a name that isn't there. */
  sizeOf(name: string): number {
    return this.#entries.get(name)?.uncompressedSize ?? 0;
  }

  /** @throws AppError `document_unreadable` for a missing or damaged entry, and for more bytes than allowed. */
  async bytes(name: string, maxBytes: number): Promise<Buffer> {
    const entry = this.#entries.get(name);
    if (entry === undefined) throw unreadable(`The file is damaged: its part ${printable(name)} is missing.`);
    if (entry.uncompressedSize > maxBytes) throw tooCostly('A part of the document is too large once unpacked.');
    const stream = await this.#zip.openReadStreamPromise(entry).catch((cause: unknown) => {
      throw unreadable('The file is damaged: a part of it cannot be unpacked.', cause);
    });
    const chunks: Buffer[] = [];
    try {
      for await (const chunk of stream as AsyncIterable<Buffer>) {
        this.#inflated += chunk.length;
        if (this.#inflated > DOCUMENT_LIMITS.zipBytes) throw tooCostly('The document is too large once unpacked.');
        chunks.push(chunk);
      }
    } catch (error) {
      if (error instanceof AppError) throw error;
      throw unreadable('The file is damaged: a part of it cannot be unpacked.', error);
    }
    return Buffer.concat(chunks);
  }

  [Symbol.asyncDispose](): Promise<void> {
    this.#zip.close();
    return Promise.resolve();
  }
}

async function readDirectory(zip: ZipFile): Promise<Map<string, Entry>> {
  if (zip.entryCount > DOCUMENT_LIMITS.zipEntries) throw tooCostly(`The file holds more than ${DOCUMENT_LIMITS.zipEntries} parts.`);
  const entries = new Map<string, Entry>();
  let bytes = 0;
  try {
    for await (const entry of zip.eachEntry()) {
      bytes += entry.uncompressedSize;
      if (!entry.fileName.endsWith('/') && !entries.has(entry.fileName)) entries.set(entry.fileName, entry);
    }
  } catch (cause) {
    throw unreadable('The file is damaged: its zip directory is not valid.', cause);
  }
  const ratio = bytes / Math.max(1, zip.fileSize);
  const isBomb = bytes > DOCUMENT_LIMITS.zipRatioFromBytes && ratio > DOCUMENT_LIMITS.zipRatio;
  if (bytes > DOCUMENT_LIMITS.zipBytes || isBomb) throw tooCostly('The document is too large once unpacked.');
  return entries;
}

function printable(name: string): string {
  return name.replace(/[^\w./\-[\]]/g, '?').slice(0, 80);
}
