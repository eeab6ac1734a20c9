import type { Token, Tokens } from 'marked';
import type { ImageCollector } from '../images/image-collector.js';

/** Ids of the gathered pictures by the address in the text. */
export type PictureIds = ReadonlyMap<string, string>;

const DATA_URI = /^data:image\/(?:png|jpe?g|gif|webp);base64,([A-Za-z0-9+/=\s]+)$/i;

/** Gathers the pictures that the text itself carries; nothing is ever fetched. */
export async function gatherPictures(tokens: readonly Token[], images: ImageCollector): Promise<PictureIds> {
  const ids = new Map<string, string>();
  for (const { href } of imageTokens(tokens)) {
    if (ids.has(href)) continue;
    const data = DATA_URI.exec(href)?.[1];
    if (data === undefined) {
      images.warn(`The picture ${shortened(href)} was left out: only pictures inside the file (data: URIs) are read.`);
      continue;
    }
    const id = await images.add({ bytes: Buffer.from(data, 'base64') });
    if (id !== undefined) ids.set(href, id);
  }
  return ids;
}

function imageTokens(tokens: readonly Token[]): Tokens.Image[] {
  return tokens.flatMap((token) => (token.type === 'image' ? [token as Tokens.Image] : imageTokens(childTokens(token))));
}

/** Tokens inside of a token, wherever marked keeps them for its kind. */
export function childTokens(token: Token): Token[] {
  if (token.type === 'list') return (token as Tokens.List).items;
  if (token.type === 'table') {
    const { header, rows } = token as Tokens.Table;
    return [...header, ...rows.flat()].flatMap((cell) => cell.tokens);
  }
  return 'tokens' in token ? (token.tokens ?? []) : [];
}

const SHOWN_ADDRESS = 80;

function shortened(address: string): string {
  const printable = address.replace(/[^\x20-\x7E]/g, '?');
  return printable.length <= SHOWN_ADDRESS ? `"${printable}"` : `"${printable.slice(0, SHOWN_ADDRESS)}…"`;
}
