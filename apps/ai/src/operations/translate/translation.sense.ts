import type { Findings } from '../findings.js';
import { tagNames } from '../markup.js';
import { addressesIn } from '../web-addresses.js';
import type { TranslationDraft } from './translation.prompt.js';

/** Languages differ in length, but not by this much. */
const LENGTH = { least: 0.25, most: 4, slack: 120 } as const;
const FENCE = /^[ \t]*```/gm;

export function senseTranslation(given: string, draft: TranslationDraft, findings: Findings): TranslationDraft {
  const { length } = given;
  if (draft.text.length < length * LENGTH.least - LENGTH.slack || draft.text.length > length * LENGTH.most + LENGTH.slack) {
    findings.problem(`text: it has ${draft.text.length} characters and the given text ${length}. Translate all of it and nothing else.`);
  }
  if (tagNames(given).join() !== tagNames(draft.text).join()) findings.problem('text: its tags are not those of the given text. Keep every tag.');
  if (given.match(FENCE)?.length !== draft.text.match(FENCE)?.length) findings.problem('text: a block of code was lost or added.');
  const missing = [...addressesIn(given)].filter((address) => !draft.text.includes(address));
  if (missing.length > 0) findings.problem(`text: ${missing.length} web addresses of the given text are missing.`);
  return draft;
}
