export type TextLanguage = 'pt' | 'en';

const PORTUGUESE = new Set(
  ('a o as os um uma uns umas de do da dos das em no na nos nas por pelo pela para com sem sob sobre entre e ou mas que se como quando onde qual quais quem é são foi ' +
  'ser está estão ter tem têm há não sim mais menos muito muita também já ainda só isso isto esse essa este esta aquele ele ela eles elas seu sua seus suas nos ao aos ' +
  'à às lhe me te você vocês nós eu cada todo toda todos todas pode podem deve devem assim então até depois antes porque pois').split(' '),
);
const ENGLISH = new Set(
  ('a an the of to in on at by for with without from into over under between and or but that which who whom whose if as when where what why how is are was were be been ' +
  'being has have had do does did not no yes more most less much many also already still only this these those it its he she they them their his her our your my we you i ' +
  'each every all any some can could may might must should will would so then than after before because there here about').split(' '),
);
const WORD = /[\p{L}\p{N}][\p{L}\p{N}'’-]*/gu;
const READ_CHARACTERS = 4_000;

export const wordsOf = (text: string): string[] => text.match(WORD) ?? [];

export const isStopWord = (word: string): boolean => PORTUGUESE.has(word) || ENGLISH.has(word);

/** By function words and Portuguese letters of the beginning. A text that shows neither counts as Portuguese, the platform's first language. */
export function languageOf(text: string): TextLanguage {
  const words = wordsOf(text.slice(0, READ_CHARACTERS).toLowerCase());
  let balance = 0;
  for (const word of words) {
    if (ENGLISH.has(word)) balance += 1;
    if (PORTUGUESE.has(word)) balance -= 1;
    if (/[ãõçáéíóúâêô]/.test(word)) balance -= 1;
  }
  return balance > 0 ? 'en' : 'pt';
}
