/** A property's name as words: `keyPoints`, `key_points` and `key-points` are all `key points`. */
export const fieldWords = (name: string): string => name.replaceAll(/(\p{Ll})(\p{Lu})/gu, '$1 $2').replaceAll(/[^\p{L}\p{N}]+/gu, ' ').trim().toLowerCase();
