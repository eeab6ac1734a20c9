import { isFeminine } from '../speech-text/portuguese/portuguese-gender.js';

const ADJECTIVES_FIRST = /^(?:principais|principal|diferentes|diversos|diversas|novos|novas|grandes|outros|outras|primeiros|primeiras|primeiro|primeira|segundo|segunda|terceiro|terceira|último|última)\s+(?=\p{L})/iu;
const SINGULAR_IN_S = /(?:lápis|ônibus|vírus|atlas|pires|óasis|oásis|tênis|campus|bônus|status|mês|gás|país|inglês|português|três|dois|pós|bis)$/u;
/** Titles that carry their own beginning: articles, prepositions, question words, numbers. */
const NO_ARTICLE = /^(?:o|a|os|as|um|uma|uns|umas|de|do|da|dos|das|em|no|na|nos|nas|por|para|com|sem|sob|sobre|entre|como|quando|onde|quem|qual|quais|que|ao|à|até|desde|antes|depois|além|você|nós|eu|nosso|nossa|seu|sua|este|esta|isto|isso|se|não|mais|muito|cada|todo|toda|todos|todas|dicas)(?![\p{L}])/iu;

export const startsOnItsOwn = (title: string): boolean => NO_ARTICLE.test(title) || !/^\p{L}/u.test(title) || /^\p{L}+(?:ando|endo|indo)\s/iu.test(title);

export function isPluralNoun(title: string): boolean {
  const noun = title.replace(ADJECTIVES_FIRST, '').split(/[\s,:]/u)[0]?.toLowerCase() ?? '';
  return noun.endsWith('s') && !SINGULAR_IN_S.test(noun);
}

/** The article of a title by its first noun: "fases da mitose" → "as". */
export function guessArticle(title: string): 'o' | 'a' | 'os' | 'as' {
  const noun = title.replace(ADJECTIVES_FIRST, '').split(/[\s,:]/u)[0] ?? '';
  const feminine = isFeminine(noun);
  if (isPluralNoun(title)) return feminine ? 'as' : 'os';
  return feminine ? 'a' : 'o';
}
