import type { Block } from '@tecnocursos/contracts';

const LONGEST_CAPTION = 250;
const LABEL = /^(fig(ura|ure)?|imagem|image|foto(grafia)?|photo(graph)?|ilustração|illustration|gráfico|graph|chart|diagrama?|mapa|map|esquema)\b\.?\s*\d*(\.\d+)*\s*[—–:.|-]\s*/iu;

export function isCaption(text: string): boolean {
  return text.length <= LONGEST_CAPTION && LABEL.test(text);
}

/** Moves a line such as "Figura 1 — O ciclo da água" from beneath a picture into it, as caption and as missing alternative text. */
export function attachCaptions(blocks: readonly Block[]): Block[] {
  const result: Block[] = [];
  for (const block of blocks) {
    const last = result.at(-1);
    if (last?.type === 'picture' && last.caption === undefined && block.type === 'paragraph' && isCaption(block.text)) {
      result[result.length - 1] = captioned(last, block.text);
    } else {
      result.push(block.type === 'picture' && block.caption !== undefined ? captioned(block, block.caption) : block);
    }
  }
  return result;
}

function captioned(picture: Extract<Block, { type: 'picture' }>, caption: string): Block {
  return { ...picture, caption, alt: picture.alt === '' ? caption.replace(LABEL, '') || caption : picture.alt };
}
