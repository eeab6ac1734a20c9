import { describe, expect, it } from 'vitest';
import { captionsOfText, captionsOfWords } from './caption-track.js';

describe('captions', () => {
  it('follow the words of a narration, a cue for each sentence and for each 84 letters', () => {
    const words = 'Olá a todos. Hoje falamos de fotossíntese e de como as plantas transformam a luz do sol em energia química para viver'.split(' ');
    const timed = words.map((text, index) => ({ text, start_ms: index * 400, end_ms: index * 400 + 350, sentence: index < 3 ? 0 : 1 }));
    const cues = captionsOfWords(timed).trim().split('\n\n').slice(1);
    expect(cues[0]).toBe('00:00:00.000 --> 00:00:01.150\nOlá a todos.');
    expect(cues.map((cue) => cue.split('\n')[1] ?? '').join(' ')).toBe(words.join(' '));
    for (const cue of cues) expect(cue.split('\n')[1]?.length).toBeLessThanOrEqual(84);
  });

  it('share the time of a text by its letters, to the end', () => {
    const cues = captionsOfText('Uma frase. Outra frase, que é bem mais comprida!', 10_000).trim().split('\n\n');
    expect(cues).toHaveLength(3);
    expect(cues[1]).toMatch(/^00:00:00\.000 --> 00:00:02\.\d+\nUma frase\.$/);
    expect(cues[2]).toMatch(/ --> 00:00:10\.000\nOutra frase/);
  });

  it('write nothing that a player would take for a mark', () => {
    const track = captionsOfText('a --> b <v Roger> & "c" 1:02:03', 3_725_000);
    expect(track).toContain('01:02:05.000\na --&gt; b'.replace('--&gt;', '→'));
    expect(track).toContain('&lt;v Roger> &amp;');
    expect(captionsOfWords([])).toBe('WEBVTT\n\n');
  });
});
