import type { Language } from '@tecnocursos/contracts';
import { TermIndex, type TermSource } from '../text/key-terms.js';
import { textLanguage } from '../text/text-language.js';
import { proseSentences } from './prose.js';
import type { Section } from './sections.js';

/** The terms of sections; the part number of a term is its section's index. */
export function termsOf(sections: readonly Section[], language: Language): TermIndex {
  const sources = sections.flatMap((section, part): TermSource[] => [
    ...(section.title === undefined ? [] : [{ text: section.title, kind: 'heading' as const, part }]),
    ...proseSentences(section.blocks, language).map((text) => ({ text, kind: 'prose' as const, part })),
  ]);
  return new TermIndex(sources, textLanguage(language));
}
