const TAG = /<\/?[a-z][^<>]*>/gi;

/** Names of a text's tags, sorted, since sentences change places: `</s` and `<s`. What an attribute says may be translated. */
export const tagNames = (text: string): string[] => [...text.matchAll(TAG)].map(([tag]) => /^<\/?[\w:-]+/.exec(tag)?.[0].toLowerCase() ?? '').sort();

/** Whether a text has tags that the material does not have. */
export function hasForeignMarkup(text: string, material: string): boolean {
  const names = tagNames(text);
  if (names.length === 0) return false;
  const known = new Set(tagNames(material));
  return names.some((name) => !known.has(name));
}
