import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { CAPTION_LIMITS, makeCaptions } from './captions.js';
import type { NarratedSlide } from './narration.js';
import { narrate, speak } from './publishing.fixture.js';
import { webVtt, type Cue } from './webvtt.js';

const LECTURE =
  'A fotossíntese é o processo pelo qual as plantas, as algas e algumas bactérias transformam a luz do Sol em energia química. ' +
  'Essa energia fica guardada em açúcares, que alimentam quase toda a vida na Terra. Sem ela, não haveria oxigênio no ar! ' +
  'Em 2023, uma árvore adulta absorveu cerca de 22 kg de gás carbônico por ano; uma floresta inteira, milhões de toneladas. Sim. Muito.';

const flat = (cues: readonly Cue[]): string => cues.map((cue) => cue.text.replaceAll('\n', ' ')).join(' ');

const anyWord = fc.oneof(
  { weight: 8, arbitrary: fc.stringMatching(/^[a-zãçéíô]{1,14}[,.;!?]?$/u) },
  { weight: 1, arbitrary: fc.constantFrom('R$ 1.250,00', '25 °C', 'https://exemplo.org/um/caminho/muito/longo/que/nao/cabe/na/linha', '<b>', '-->', '&amp;') },
);
const anySlide = fc
  .array(fc.record({ text: anyWord, length: fc.integer({ min: 0, max: 1_500 }), gap: fc.integer({ min: 0, max: 1_200 }) }), { maxLength: 60 })
  .map((items) => {
    let now = 0;
    let sentence = 0;
    const words = items.map(({ text, length, gap }) => {
      const word = { text, start_ms: now, end_ms: now + length, sentence };
      now += length + gap;
      if (/[.!?]$/u.test(text)) sentence += 1;
      return word;
    });
    return { words, length: now + 400 };
  });
const anyLesson = fc.array(anySlide, { maxLength: 4 }).map((slides) => {
  let start = 0;
  return slides.map(({ words, length }): NarratedSlide => {
    const slide = { title: 'Slide', words, start_ms: start, end_ms: start + length };
    start = slide.end_ms;
    return slide;
  });
});

describe('captions', () => {
  it('says every word once and in order, and breaks where sentences and clauses end', () => {
    const cues = makeCaptions(narrate([{ title: 'Abertura', text: LECTURE }]));
    expect(flat(cues)).toBe(LECTURE);
    const endings = cues.map((cue) => cue.text.at(-1));
    expect(endings.filter((ending) => /[.,;!?]/u.test(ending ?? '')).length / endings.length).toBeGreaterThan(0.6);
    for (const cue of cues) expect(cue.text.replaceAll('\n', ' ')).not.toMatch(/ (de|da|do|a|o|e|em|que|of|the)$/iu);
  });

  it('keeps to the reading speed where the voice leaves the time', () => {
    const cues = makeCaptions(narrate([{ title: 'Abertura', text: LECTURE }]));
    for (const cue of cues) {
      expect((cue.text.length * 1_000) / (cue.end_ms - cue.start_ms)).toBeLessThanOrEqual(CAPTION_LIMITS.charactersPerSecond);
    }
  });

  it('holds its limits for any timing', () => {
    fc.assert(
      fc.property(anyLesson, (slides) => {
        const cues = makeCaptions(slides);
        const lessonEnd = slides.at(-1)?.end_ms ?? 0;
        cues.forEach((cue, index) => {
          const previous = cues[index - 1];
          const next = cues[index + 1];
          expect(cue.start_ms).toBeGreaterThanOrEqual(previous?.end_ms ?? 0);
          expect(cue.end_ms).toBeGreaterThan(cue.start_ms);
          expect(cue.end_ms - cue.start_ms).toBeLessThanOrEqual(CAPTION_LIMITS.maximumMs);
          const room = (next?.start_ms ?? lessonEnd) - cue.start_ms;
          expect(cue.end_ms - cue.start_ms).toBeGreaterThanOrEqual(Math.min(CAPTION_LIMITS.minimumMs, room));
          const lines = cue.text.split('\n');
          expect(lines.length).toBeLessThanOrEqual(CAPTION_LIMITS.lines);
          for (const line of lines) expect(line.length).toBeLessThanOrEqual(CAPTION_LIMITS.lineLength);
        });
        const said = slides.flatMap((slide) => slide.words.map((word) => word.text)).join('');
        expect(flat(cues).replaceAll(' ', '')).toBe(said.replaceAll(' ', ''));
      }),
      { numRuns: 150, seed: 20 },
    );
  });

  it('starts with the voice, and lets the last words linger', () => {
    const slides: NarratedSlide[] = [{ title: 'Fim', start_ms: 2_000, end_ms: 5_000, words: speak('Até logo!') }];
    expect(makeCaptions(slides)).toEqual([{ id: '1', start_ms: 2_000, end_ms: 3_000, text: 'Até logo!' }]);
  });

  it('takes a caption away after six seconds, however long the word is drawn out', () => {
    const words = [{ text: 'Goool!', start_ms: 0, end_ms: 9_000, sentence: 0 }];
    expect(makeCaptions([{ title: '', start_ms: 0, end_ms: 9_200, words }])).toEqual([{ id: '1', start_ms: 0, end_ms: 6_000, text: 'Goool!' }]);
  });

  it('gives each sentence its own cue when there is time to read it, and joins those that are too short', () => {
    const cues = makeCaptions(narrate([{ title: '', text: 'A luz chega cedo. A planta acorda. Sim. Já.' }]));
    expect(cues.map((cue) => cue.text)).toEqual(['A luz chega cedo.', 'A planta acorda.', 'Sim. Já.']);
  });

  it('never carries a sentence over from one slide to the next', () => {
    const cues = makeCaptions(narrate([{ title: 'Um', text: 'Primeiro slide' }, { title: 'Dois', text: 'Segundo slide' }]));
    expect(cues.map((cue) => cue.text)).toEqual(['Primeiro slide', 'Segundo slide']);
  });

  it('joins punctuation that the voice reports apart', () => {
    const words = ['(', 'sim', ')', ',', 'claro', '.'].map((text, index) => ({ text, start_ms: index * 300, end_ms: index * 300 + 200, sentence: 0 }));
    expect(flat(makeCaptions([{ title: '', start_ms: 0, end_ms: 3_000, words }]))).toBe('(sim), claro.');
  });

  it('has none for a lesson without words', () => {
    expect(webVtt(makeCaptions([{ title: 'Silêncio', start_ms: 0, end_ms: 900, words: [] }]))).toBe('WEBVTT\n');
  });
});

describe('a WebVTT file', () => {
  it('has ids, times and escaped text', () => {
    const cues = [{ id: '1', start_ms: 3_723_045, end_ms: 3_724_000, text: 'se a < b --> c\n<v Ana>& d' }];
    expect(webVtt(cues)).toBe('WEBVTT\n\n1\n01:02:03.045 --> 01:02:04.000\nse a &lt; b --&gt; c\n&lt;v Ana&gt;&amp; d\n');
  });

  it('holds no empty line inside a cue, whatever the text', () => {
    expect(webVtt([{ id: 'a\n\nb', start_ms: 0, end_ms: 1_000, text: 'um\n\n\u0000dois\r\n \u2028três' }])).toBe(
      'WEBVTT\n\na b\n00:00:00.000 --> 00:00:01.000\num\ndois\ntrês\n',
    );
  });
});
