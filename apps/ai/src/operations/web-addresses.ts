const SCHEME = /(?:[a-z][a-z0-9+.-]{1,20}:\/\/|\bdata:[a-z]+\/|\b(?:javascript|vbscript|mailto):|(?<![\p{L}\p{N}@.])www\.)[^\s<>"'`)\]}|\\]*/giu;
/** An address without its scheme counts when a path or a query follows: `exemplo.org/a`, but neither `fim.Outra` nor `Node.js/Express`. */
const BARE = /(?<![\p{L}\p{N}@./:_-])(?!asp\.net\/|[\w.-]+\.(?:js|ts|jsx|tsx|py|md|css|html?|json|java|rb|php)\/)(?:[a-z0-9-]{1,63}\.)+[a-z]{2,24}(?::\d{1,5})?[/?][^\s<>"'`)\]}|\\]*/giu;
const MARKDOWN_LINK = /!?\[([^\]\n]{0,500})\]\(\s*<?([^)\s>]{1,4000})>?[^)\n]{0,300}\)/g;

const CLOSING_MARKS = new Set('.,;:!?…');

/** Marks at the end belong to the sentence. */
function trimmed(address: string): string {
  let { length } = address;
  while (length > 0 && CLOSING_MARKS.has(address.charAt(length - 1))) length -= 1;
  return address.slice(0, length);
}

/** Every address that stands in a text. */
export function addressesIn(text: string): Set<string> {
  return new Set([...text.matchAll(SCHEME), ...text.matchAll(BARE)].map(([address]) => trimmed(address)));
}

/** Takes out addresses that are not among the known ones; the words of a link stay. */
export function withoutForeignAddresses(text: string, known: ReadonlySet<string>): { readonly text: string; readonly removed: number } {
  if (!/[:/.]/.test(text)) return { text, removed: 0 };
  let removed = 0;
  const foreign = (address: string): boolean => {
    const isForeign = !known.has(trimmed(address));
    if (isForeign) removed += 1;
    return isForeign;
  };
  const dropped = (address: string): string => (foreign(address) ? address.slice(trimmed(address).length) : address);
  const kept = text
    .replaceAll(MARKDOWN_LINK, (whole, words: string, address: string) => (/[/.:]/.test(address) && foreign(address) ? words : whole))
    .replaceAll(SCHEME, dropped)
    .replaceAll(BARE, dropped);
  return removed === 0 ? { text, removed } : { text: kept.replaceAll(/ {2,}/g, ' ').trim(), removed };
}
