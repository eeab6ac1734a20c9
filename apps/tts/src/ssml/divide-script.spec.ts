import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { divideScript } from './divide-script.js';
import { parsePlainText } from './script-builder.js';
import { parseSsml } from './ssml-parser.js';
import { spokenCharacters, wordsOf, type SpeechScript } from './speech-script.js';

const divide = (script: SpeechScript, maxCharacters: number, maxPauseMs = 0, rate = 1) => divideScript(script, { maxCharacters, maxPauseMs, rate });
const textsOf = (divided: ReturnType<typeof divide>): string[] => divided.parts.map(({ script }) => script.sentences.flatMap((sentence) => wordsOf(sentence).map(({ spoken }) => spoken)).join(' '));

describe('dividing a script', () => {
  it('keeps sentences whole, with the pause that belongs between them', () => {
    const divided = divide(parsePlainText('Uma frase. Outra frase.\n\nNovo parágrafo. Fim.', 'pt-BR'), 30);
    expect(textsOf(divided)).toEqual(['Uma frase. Outra frase.', 'Novo parágrafo. Fim.']);
    expect(divided.parts.map(({ pauseAfterMs, sentences }) => [pauseAfterMs, sentences])).toEqual([[600, [0, 1]], [600, [2, 3]]]);
    expect(divide(parsePlainText('Uma frase. Outra frase.', 'pt-BR'), 14, 0, 2).parts.map(({ pauseAfterMs }) => pauseAfterMs)).toEqual([165, 300]);
  });

  it('cuts a long sentence at a clause, else between words', () => {
    expect(textsOf(divide(parsePlainText('quando chove muito, a terra bebe toda a água', 'pt-BR'), 28))).toEqual(['quando chove muito,', 'a terra bebe toda a água']);
    expect(textsOf(divide(parsePlainText('a terra bebe toda a água que chove', 'pt-BR'), 20))).toEqual(['a terra bebe toda a', 'água que chove']);
  });

  it('cuts at pauses that the provider does not make, wherever they stand', () => {
    const script = parseSsml('<speak><break time="300ms"/>um<break time="900ms"/>dois.<break time="100ms"/> Três<break time="2s"/></speak>', 'pt-BR');
    const cut = divide(script, 1_000);
    expect([cut.pauseBeforeMs, cut.parts.map(({ pauseAfterMs }) => pauseAfterMs), textsOf(cut)]).toEqual([300, [900, 330, 2_000], ['um', 'dois.', 'Três']]);
    const native = divide(script, 1_000, 3_000);
    expect(native.parts).toHaveLength(1);
    expect(native.parts[0]?.pauseAfterMs).toBe(2_000);
    expect(native.parts[0]?.script.sentences.map(({ items }) => items.map(({ kind }) => kind))).toEqual([['word', 'pause', 'word', 'pause'], ['word']]);
  });

  it('loses and doubles nothing, and no part is too long', () => {
    const word = fc.stringMatching(/^[a-zà-ú]{1,30}[,.!]?$/);
    fc.assert(fc.property(fc.array(word, { minLength: 1, maxLength: 60 }), fc.integer({ min: 8, max: 120 }), (words, limit) => {
      const script = parsePlainText(words.join(' '), 'pt-BR');
      const divided = divide(script, limit);
      const spoken = (scripts: readonly SpeechScript[]): string => scripts.flatMap(({ sentences }) => sentences.flatMap((sentence) => wordsOf(sentence).map((item) => item.spoken))).join('');
      expect(spoken(divided.parts.map((part) => part.script))).toBe(spoken([script]));
      for (const part of divided.parts) expect(spokenCharacters(part.script)).toBeLessThanOrEqual(limit);
      expect(divided.parts.every(({ script: { sentences }, sentences: indexes }) => sentences.length === indexes.length)).toBe(true);
    }), { numRuns: 200, seed: 7 });
  });
});
