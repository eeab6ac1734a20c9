import type { ImprovedText } from '@tecnocursos/contracts';
import type { Findings } from '../findings.js';
import { hasForeignMarkup } from '../markup.js';
import type { ImprovedDraft, ImproveWish } from './improve.prompt.js';

/** A revision keeps most of a text: what is shorter or longer than this is another text. */
const LENGTH = { least: 0.4, most: 2.5, slack: 200 } as const;

/** The draft as a revision of the given text. */
export function senseImproved(given: string, draft: ImprovedDraft, { goals }: ImproveWish, findings: Findings): ImprovedText {
  const { length } = given;
  if (draft.text.length < length * LENGTH.least - LENGTH.slack || draft.text.length > length * LENGTH.most + LENGTH.slack) {
    findings.problem(`text: it has ${draft.text.length} characters and the given text ${length}. Give back the whole text, improved.`);
  }
  if (hasForeignMarkup(draft.text, given)) findings.problem('text: it has tags that the given text does not have. Add no markup.');
  draft.edits.forEach((edit, index) => {
    if (!given.includes(edit.before)) findings.problem(`edits.${index}.before: it does not stand in the given text. Copy the passage letter by letter.`);
    if (!goals.includes(edit.goal)) findings.problem(`edits.${index}.goal: it is none of the wanted goals.`);
    if (edit.before === edit.after) findings.problem(`edits.${index}: nothing changes.`);
  });
  return { text: draft.text, edits: draft.edits };
}

/** Revised parts as one text. White space at the ends of a part is the given text's, since models drop it. */
export const mergeImproved = (parts: readonly ImprovedText[]): ImprovedText => ({ text: parts.map(({ text }) => text).join(''), edits: parts.flatMap(({ edits }) => edits) });

/** A text with the white space at the ends of another. */
export function endsLike(given: string, text: string): string {
  if (given.trim() === '') return given;
  return given.slice(0, given.length - given.trimStart().length) + text.trim() + given.slice(given.trimEnd().length);
}
