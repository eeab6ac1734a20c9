import { isAbbreviation } from './sentences.js';

/** Inside a sentence the full stop of an abbreviation is left out, or engines would end the sentence there. */
export function punctuated(spoken: string, ending: string): string {
  if (ending === '') return isAbbreviation(spoken) ? spoken.slice(0, -1) : spoken;
  return /[.!?…:;,][)"”'»\]]*$/u.test(spoken) ? spoken : `${spoken}${ending}`;
}
