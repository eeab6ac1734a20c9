import type { Language } from '@tecnocursos/contracts';

const MARKS: Readonly<Record<Language, ReadonlySet<string>>> = {
  'pt-BR': new Set('de da do das dos que não é um uma os as em no na para por com se mais como ao pelo pela são está foi ser ou mas também seu sua isso este esta'.split(' ')),
  en: new Set('the of and to in is that it for was on are as with his they at be this have from or had by but not what all were we when your can there which their if will'.split(' ')),
};
/** Words that are looked at: a language shows early. */
const SAMPLE = 2_000;

/** Which of the platform's languages a text is in, by its commonest words; Portuguese when nothing tells. */
export function languageOf(text: string): Language {
  const words = text.toLowerCase().match(/\p{L}+/gu)?.slice(0, SAMPLE) ?? [];
  const hits = (language: Language): number => words.filter((word) => MARKS[language].has(word)).length;
  return hits('en') > hits('pt-BR') ? 'en' : 'pt-BR';
}
