/** FNV-1a, 32 bits: the same text gives the same number everywhere. */
export function textHash(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  return hash >>> 0;
}

/** The items in an order that depends on `seed` alone. */
export const shuffled = <T extends string>(items: readonly T[], seed: string): T[] =>
  items
    .map((item) => ({ item, key: textHash(`${seed}\u0000${item}`) }))
    .sort((one, other) => one.key - other.key)
    .map(({ item }) => item);
