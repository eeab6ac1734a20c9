import { readPictureSize, type PictureSize } from '../../media/picture-size.js';
import { refuse } from './openai.errors.js';

/** A picture of a prompt; without a size when it stays on another server. */
export interface PromptPicture {
  readonly size: PictureSize | undefined;
  readonly detail: string;
}

const DATA_URL = /^data:(image\/[\w.+-]+);base64,([A-Za-z0-9+/]+={0,2})$/;
const LOW_DETAIL_TOKENS = 85;
const TILE_TOKENS = 170;
const TILE = 512;
const LONGEST_SIDE = 2_048;
const SHORTEST_SIDE = 768;
const UNKNOWN_SIZE_TILES = 4;

/** @throws OpenAiRefusal 400 when the address or the picture is not one that the vendor takes. */
export function readPicture(url: string, detail: string | null | undefined): PromptPicture {
  const chosen = detail ?? 'auto';
  if (/^https?:\/\/[^\s/]+/.test(url)) return { size: undefined, detail: chosen };
  if (!url.startsWith('data:')) throw refuse(`Invalid image URL: expected a URL that begins with http:, https: or data:, but got '${url.slice(0, 40)}'.`, null, 'invalid_image_url');
  const data = DATA_URL.exec(url)?.[2];
  if (data === undefined) throw refuse('Invalid base64 image_url.', null, 'invalid_base64_image');
  const size = readPictureSize(Buffer.from(data, 'base64'));
  if (!size) throw refuse("You uploaded an unsupported image. Please make sure your image has of one the following formats: ['png', 'jpeg', 'gif', 'webp'].", null, 'image_parse_error');
  return { size, detail: chosen };
}

/** Tokens of a picture by the tile rule of GPT-4o: scaled into 2048², the shorter side to 768, then 170 for each tile of 512² and 85 once. */
export function pictureTokens({ size, detail }: PromptPicture): number {
  if (detail === 'low') return LOW_DETAIL_TOKENS;
  if (!size) return LOW_DETAIL_TOKENS + TILE_TOKENS * UNKNOWN_SIZE_TILES;
  const fit = Math.min(1, LONGEST_SIDE / Math.max(size.width, size.height));
  const scale = fit * Math.min(1, SHORTEST_SIDE / (Math.min(size.width, size.height) * fit));
  return LOW_DETAIL_TOKENS + TILE_TOKENS * Math.ceil((size.width * scale) / TILE) * Math.ceil((size.height * scale) / TILE);
}

/** What can be told of a picture without seeing it. */
export function describePictures(pictures: readonly PromptPicture[], language: 'pt' | 'en'): string {
  return pictures
    .map(({ size }) => {
      if (!size) return language === 'pt' ? 'Imagem de um endereço externo.' : 'A picture at an external address.';
      const { format, width, height } = size;
      const shape = width === height ? { pt: 'quadrada', en: 'square' } : width > height ? { pt: 'em paisagem', en: 'landscape' } : { pt: 'em retrato', en: 'portrait' };
      return language === 'pt' ? `Imagem ${format.toUpperCase()} ${shape.pt} de ${width} por ${height} pixels.` : `A ${shape.en} ${format.toUpperCase()} picture of ${width} by ${height} pixels.`;
    })
    .join('\n');
}
