import { describe, expect, it } from 'vitest';
import { NORMAL_STYLE, type SpeechStyle } from '../../ssml/speech-script.js';
import { espeakText, MARKING, NO_MARKING } from './espeak-text.js';
import { planPhrases, type PlannedWord } from './phrase-plan.js';

const VOICE = { name: 'pt-br+f2', wordsPerMinute: 150, pitch: 50 };
const word = (spoken: string, style: Partial<SpeechStyle> = {}) => ({ kind: 'word', written: spoken, spoken, style: { ...NORMAL_STYLE, ...style } }) as const;
const pause = (milliseconds: number) => ({ kind: 'pause', milliseconds }) as const;
const plan = (sentences: readonly (readonly (ReturnType<typeof word> | ReturnType<typeof pause>)[])[], rate = 1, pitch = 0) =>
  planPhrases({ script: { sentences: sentences.map((items) => ({ items, endsParagraph: false })), warnings: [] }, rate, pitch }, VOICE);
const planned = (spoken: string, more: Partial<PlannedWord> = {}): PlannedWord => ({ written: spoken, spoken, sentence: 0, wordsPerMinute: 150, pitch: 50, gain: 1, ...more });

describe('phrase plan', () => {
  it('cuts at sentences and pauses, and keeps the longer pause of both', () => {
    const { phrases } = plan([[pause(200), word('um'), pause(1_000), word('dois')], [word('três'), pause(900)], [word('fim')]], 2);
    expect(phrases.map(({ words, pauseMs }) => [words.map((planned) => planned.spoken), pauseMs])).toEqual([
      [[], 200], [['um,'], 1_000], [['dois.'], 165], [['três.'], 900], [['fim.'], 350],
    ]);
  });

  it('leaves out the stop of an abbreviation inside a sentence', () => {
    expect(plan([[word('O'), word('Sr.'), word('Silva')]]).phrases[0]?.words.map((planned) => planned.spoken)).toEqual(['O', 'Sr', 'Silva.']);
  });

  it('cuts a run of words without end', () => {
    expect(plan([Array.from({ length: 300 }, () => word('a'))]).phrases.map(({ words, pauseMs }) => [words.length, pauseMs])).toEqual([[120, 0], [120, 0], [60, 350]]);
  });

  it('applies rate and pitch, and warns where the engine cannot follow', () => {
    const modest = plan([[word('a', { rate: 0.8, pitch: 1, volumeDb: -6 })]], 1.2, 2);
    expect(modest.phrases[0]?.words[0]).toMatchObject({ wordsPerMinute: 144, pitch: 63 });
    expect(modest.phrases[0]?.words[0]?.gain).toBeCloseTo(0.5, 2);
    expect(modest.warnings).toEqual([]);
    expect(plan([[word('a', { rate: 0.4 })]], 0.5, 12).warnings).toHaveLength(1);
    expect(plan([[word('a', { rate: 0.4, pitch: 12 })]], 0.5, 12).warnings).toHaveLength(2);
  });
});

describe('espeakText', () => {
  it('marks word after word, and changes speed and pitch only where they change', () => {
    const words = [planned('um'), planned('dois', { wordsPerMinute: 120 }), planned('três', { wordsPerMinute: 120, pitch: 60 }), planned('quatro', { wordsPerMinute: 120, pitch: 60 })];
    expect(espeakText(words, MARKING)).toBe('\u0001100A um \u0001120S \u000160A dois \u000160P \u000135A três \u0001100A quatro\n');
    expect(espeakText(words.slice(0, 2), NO_MARKING)).toBe('\u0001100A um \u0001120S \u0001100A dois\n');
  });

  it('lets no command and no phonemes through', () => {
    expect(espeakText([planned("[[h@l'oU]]\u000199S")], NO_MARKING)).toBe("\u0001100A h@l'oU 99S\n");
  });
});
