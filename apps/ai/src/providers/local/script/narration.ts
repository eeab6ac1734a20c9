import type { Language } from '@tecnocursos/contracts';
import { speechPieces } from '../speech-text/speech-text.js';
import { oneLine } from '../text/sentences.js';
import { closed } from '../text/words.js';
import type { Spoken } from './slide-draft.js';

const PARAGRAPH_REST_MS = 350;
const XML_UNSAFE = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu;
const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** Narration as SSML: a sentence an `<s>`, what is said otherwise than written a `<sub>`. The text is data: all of it is escaped. */
export function toSsml(spoken: readonly Spoken[], language: Language): string {
  const parts = spoken
    .map(({ text, newParagraph }) => ({ text: clean(text), newParagraph }))
    .filter(({ text }) => /[\p{L}\p{N}]/u.test(text))
    .map(({ text, newParagraph }, index) => (newParagraph && index > 0 ? `<break time="${PARAGRAPH_REST_MS}ms"/>` : '') + sentenceElement(text, language));
  return `<speak>${parts.join('')}</speak>`;
}

const clean = (text: string): string => closed(oneLine(text.toWellFormed().replaceAll(XML_UNSAFE, ' ')));

function sentenceElement(sentence: string, language: Language): string {
  const inner = speechPieces(sentence, language).map(({ written, spoken }) =>
    spoken === undefined ? escapeXml(written) : `<sub alias="${escapeXml(spoken)}">${escapeXml(written)}</sub>`);
  return `<s>${inner.join('')}</s>`;
}

const escapeXml = (text: string): string => text.replaceAll(/[&<>"]/g, (character) => ENTITIES[character] ?? character);
