import { describe, expect, it } from 'vitest';
import { parsePlainText } from './script-builder.js';
import { wordsOf } from './speech-script.js';

const sentences = (text: string, language: 'pt-BR' | 'en' = 'pt-BR'): string[] =>
  parsePlainText(text, language).sentences.map((sentence) => wordsOf(sentence).map((word) => word.written).join(' '));
const spoken = (text: string): string[] => parsePlainText(text, 'pt-BR').sentences.flatMap((sentence) => wordsOf(sentence).map((word) => word.spoken));

describe('plain text', () => {
  it('splits sentences and paragraphs', () => {
    expect(sentences('Olá! Tudo bem?\n\nVamos lá.')).toEqual(['Olá!', 'Tudo bem?', 'Vamos lá.']);
    expect(parsePlainText('Um.\n\nDois.', 'en').sentences[0]?.endsParagraph).toBe(true);
  });

  it('does not split after abbreviations and initials', () => {
    expect(sentences('O Sr. Silva e a Dra. Ana leram D. Casmurro. Gostaram.')).toEqual(['O Sr. Silva e a Dra. Ana leram D. Casmurro.', 'Gostaram.']);
    expect(sentences('Mr. Smith met Dr. Jones. They spoke.', 'en')).toEqual(['Mr. Smith met Dr. Jones.', 'They spoke.']);
  });

  it('keeps an amount as one word', () => {
    expect(spoken('Custa R$ 10,50 hoje')).toEqual(['Custa', 'R$ 10,50', 'hoje']);
  });

  it('writes marks and emoji with the word beside them, and does not speak them', () => {
    expect(sentences('• maçã 😀 — pera')).toEqual(['• maçã 😀 — pera']);
    expect(spoken('• maçã 😀 — pera')).toEqual(['maçã,', 'pera']);
    expect(spoken('legal😀!')).toEqual(['legal!']);
  });

  it('takes out what nobody sees', () => {
    expect(sentences('a\u0000b\u200B c\u202Ed \uD800e')).toEqual(['ab cd e']);
  });

  it.each(['   ', '\n\t', '...!?', '😀 👩‍🏫', '\u0000\u0001', '— • —', '\u200B'])('refuses %j, which has nothing to speak', (text) => {
    expect(() => parsePlainText(text, 'en')).toThrow(expect.objectContaining({ code: 'invalid_request', issues: [{ field: 'text', message: expect.stringContaining('at least one word') }] }));
  });
});
