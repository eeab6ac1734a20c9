import type { Block, DocumentFormat } from '@tecnocursos/contracts';
import { attachCaptions } from './blocks/captions.js';
import { cleanBlock } from './blocks/clean-block.js';
import { cleanLine, hasLetters } from './clean-text.js';
import { DOCUMENT_LIMITS } from './document-limits.js';
import { hasNoText, tooMuchText } from './document.errors.js';
import type { ReadDocument } from './document-reader.port.js';
import type { ImageCollector } from './images/image-collector.js';
import { detectLanguage, proseOf } from './language.js';

/** What a format's reader found, before cleaning. */
export interface DraftDocument {
  format: DocumentFormat;
  /** Titles from the best to the last resort; empty ones are passed over. */
  titles: ReadonlyArray<string | undefined>;
  pages?: number;
  blocks: readonly Block[];
  images: ImageCollector;
}

const LONGEST_TITLE = 200;

/**
 * Cleans a draft and checks what holds for every format.
 * @throws AppError `document_has_no_text`, `document_too_long`.
 */
export function finishDocument(draft: DraftDocument): ReadDocument {
  const blocks = attachCaptions(draft.blocks.flatMap(cleanBlock)).filter(isNotEmptyContents);
  const text = proseOf(blocks);
  assertText(blocks, text);
  const pictures = new Set(blocks.flatMap((block) => (block.type === 'picture' ? [block.image_id] : [])));
  const headings = blocks.flatMap((block) => (block.type === 'heading' ? [block.text] : []));
  return {
    title: firstTitle([...draft.titles, headings[0], text]),
    language: detectLanguage(text),
    format: draft.format,
    ...(draft.pages !== undefined && { pages: draft.pages }),
    blocks,
    images: draft.images.referencedBy(pictures),
    warnings: draft.images.warnings.slice(0, DOCUMENT_LIMITS.warnings),
  };
}

const CONTENTS = /^(sum[áa]rio|[íi]ndice|conte[úu]do|(table of )?contents)$/i;

/** The heading of a table of contents whose entries were left out. */
function isNotEmptyContents(block: Block, index: number, blocks: readonly Block[]): boolean {
  const next = blocks[index + 1];
  return !(block.type === 'heading' && CONTENTS.test(block.text) && next?.type === 'heading');
}

export function stemOf(fileName: string): string {
  return fileName.replace(/\.[^.]*$/, '').replace(/[-_]+/g, ' ');
}

function assertText(blocks: readonly Block[], prose: string): void {
  const code = blocks.reduce((sum, block) => sum + (block.type === 'code' ? block.text.length : 0), 0);
  if (prose.length + code > DOCUMENT_LIMITS.characters) throw tooMuchText();
  const isWritten = blocks.some((block) => block.type !== 'picture' && (block.type === 'code' || hasLetters(proseOf([block]))));
  if (!isWritten) throw hasNoText();
}

function firstTitle(candidates: ReadonlyArray<string | undefined>): string {
  for (const candidate of candidates) {
    const title = cleanLine(candidate ?? '');
    if (title !== '') return title.length <= LONGEST_TITLE ? title : `${title.slice(0, LONGEST_TITLE - 1).trimEnd()}…`;
  }
  return 'Document';
}
