import { readFile } from 'node:fs/promises';
import type { DraftDocument } from '../finish-document.js';
import { ImageCollector } from '../images/image-collector.js';
import { decodeText } from './decode-text.js';
import { textToBlocks } from './text-blocks.js';
import { assertTextFileSize } from './text-file.js';

export async function readText(path: string): Promise<DraftDocument> {
  await assertTextFileSize(path);
  const blocks = textToBlocks(decodeText(await readFile(path)));
  const [first] = blocks;
  return { format: 'text', titles: [first?.type === 'heading' ? first.text : undefined], blocks, images: new ImageCollector() };
}
