import { readFile } from 'node:fs/promises';
import { marked } from 'marked';
import type { DraftDocument } from '../finish-document.js';
import { ImageCollector } from '../images/image-collector.js';
import { decodeText } from '../text/decode-text.js';
import { assertTextFileSize } from '../text/text-file.js';
import { gatherPictures } from './markdown-pictures.js';
import { tokensToBlocks } from './markdown-blocks.js';

export async function readMarkdown(path: string): Promise<DraftDocument> {
  await assertTextFileSize(path);
  const { title, body } = splitFrontMatter(decodeText(await readFile(path)).replace(/\0/g, ''));
  const images = new ImageCollector();
  const tokens = marked.lexer(body, { gfm: true });
  const pictures = await gatherPictures(tokens, images);
  const blocks = tokensToBlocks(tokens, pictures);
  const top = blocks.find((block) => block.type === 'heading' && block.level === 1);
  return { format: 'markdown', titles: [title, top?.type === 'heading' ? top.text : undefined], blocks, images };
}

const FRONT_MATTER = /^\uFEFF?---[ \t]*\r?\n([\s\S]*?)\r?\n(?:---|\.\.\.)[ \t]*(?:\r?\n|$)/;
const TITLE = /^(?:title|titulo|título)[ \t]*:[ \t]*(["']?)(.+?)\1[ \t]*$/im;

function splitFrontMatter(text: string): { title: string | undefined; body: string } {
  const match = FRONT_MATTER.exec(text);
  if (match === null) return { title: undefined, body: text.replace(/^\uFEFF/, '') };
  return { title: TITLE.exec(match[1] ?? '')?.[2], body: text.slice(match[0].length) };
}
