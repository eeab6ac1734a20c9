import type { Place } from './place.js';

const DEFAULTS = ['neutral', 'neutro', 'intermediate', 'intermediário', 'intermediario', 'medium', 'médio', 'other', 'outro'];
const GOOD = /safe|valid|relevant|appropriate|complete|ok$|seguro|adequad/i;
const RIGHT = /correct|right|corret|certa/i;

/** The value of an enumeration that fits the text best; the list's own order decides between equals. */
export function enumValue(values: readonly unknown[], place: Place): unknown {
  const { material, ordinal, correction } = place;
  if (place.isUnique) return values[ordinal % values.length];
  const language = material.language === 'pt' ? ['pt-BR', 'pt', 'pt-br', 'por'] : ['en', 'en-US', 'en-us', 'eng'];
  const wanted = [...(correction ? [correction.kind, 'grammar'] : []), ...language, ...DEFAULTS];
  const named = wanted.find((value) => values.includes(value));
  if (named !== undefined) return named;
  const text = material.text.toLowerCase();
  return values.find((value) => typeof value === 'string' && value.length > 2 && text.includes(value.toLowerCase().replaceAll('_', ' '))) ?? values[0];
}

/** Of the options of a question the first is the right one; warnings stay unset, approvals are given. */
export function booleanValue({ name, ordinal, isUnique }: Place): boolean {
  if (isUnique) return ordinal % 2 === 0;
  return RIGHT.test(name) ? ordinal === 0 : GOOD.test(name) && !/^un|in(?:valid|approp|compl)/i.test(name);
}
