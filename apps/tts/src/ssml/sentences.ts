import type { Language } from '@tecnocursos/contracts';

const ABBREVIATIONS = new Set([
  'sr.', 'sra.', 'srs.', 'sras.', 'srta.', 'dr.', 'dra.', 'drs.', 'prof.', 'profa.', 'eng.', 'ex.', 'p.ex.', 'fig.', 'figs.', 'tab.', 'cap.', 'caps.', 'pág.',
  'págs.', 'p.', 'pp.', 'vol.', 'núm.', 'n.', 'nº.', 'art.', 'arts.', 'av.', 'r.', 'tel.', 'obs.', 'séc.', 'aprox.', 'min.', 'máx.', 'vs.', 'cf.', 'ed.', 'st.',
  'mr.', 'mrs.', 'ms.', 'jr.', 'e.g.', 'i.e.', 'no.', 'eq.', 'sec.', 'approx.', 'dept.', 'inc.', 'ltd.',
]);
const INITIAL = /^\p{Lu}\.$/u;

const segmenters: Readonly<Record<Language, Intl.Segmenter>> = {
  'pt-BR': new Intl.Segmenter('pt-BR', { granularity: 'sentence' }),
  en: new Intl.Segmenter('en', { granularity: 'sentence' }),
};

/** Words that end in a full stop which ends no sentence: abbreviations and initials of names. */
export const isAbbreviation = (word: string): boolean =>
  ABBREVIATIONS.has(word.toLowerCase().replace(/^[("“'[]+/u, '')) || INITIAL.test(word);

/** Index of the first word of each sentence, 0 first. `words` are one paragraph's, in their written form. */
export function sentenceStarts(words: readonly string[], language: Language): number[] {
  const wordAt = new Map<number, number>();
  let offset = 0;
  words.forEach((word, index) => {
    wordAt.set(offset, index);
    offset += word.length + 1;
  });
  const starts = [0];
  for (const { index: position } of segmenters[language].segment(words.join(' '))) {
    const word = wordAt.get(position);
    if (word === undefined || word === 0) continue;
    if (!isAbbreviation(words[word - 1] ?? '') && !startsInLowerCase(words[word] ?? '')) starts.push(word);
  }
  return starts;
}

const startsInLowerCase = (word: string): boolean => /^[("“'[]*\p{Ll}/u.test(word);
