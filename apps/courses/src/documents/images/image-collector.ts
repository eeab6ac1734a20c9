import { createHash } from 'node:crypto';
import { DOCUMENT_LIMITS } from '../document-limits.js';
import type { ReadImage } from '../document-reader.port.js';
import { encodeImage, ImageRefused, type ImageSource } from './image-encoder.js';

/** Gathers the pictures of one document: each distinct one once, within the limits, with a warning for those left out. */
export class ImageCollector {
  readonly #images: ReadImage[] = [];
  readonly #idsByHash = new Map<string, string | undefined>();
  readonly #warnings = new Set<string>();

  /** @returns the picture's id, or nothing when it is decoration, damaged or beyond a limit. */
  async add(source: ImageSource): Promise<string | undefined> {
    const hash = createHash('sha256').update(source.bytes).digest('base64');
    if (this.#idsByHash.has(hash)) return this.#idsByHash.get(hash);
    const id = await this.#encode(source);
    this.#idsByHash.set(hash, id);
    return id;
  }

  warn(warning: string): void {
    this.#warnings.add(warning);
  }

  get warnings(): string[] {
    return [...this.#warnings];
  }

  /** The pictures that blocks still name. */
  referencedBy(ids: ReadonlySet<string>): ReadImage[] {
    return this.#images.filter(({ id }) => ids.has(id));
  }

  async #encode(source: ImageSource): Promise<string | undefined> {
    if (this.#images.length >= DOCUMENT_LIMITS.images) {
      this.warn(`Only the first ${DOCUMENT_LIMITS.images} pictures were kept.`);
      return undefined;
    }
    try {
      const image = await encodeImage(source);
      if (image === undefined) return undefined;
      const id = `image-${this.#images.length + 1}`;
      this.#images.push({ id, ...image });
      return id;
    } catch (error) {
      this.warn(error instanceof ImageRefused ? error.message : 'A picture could not be read and was left out.');
      return undefined;
    }
  }
}

