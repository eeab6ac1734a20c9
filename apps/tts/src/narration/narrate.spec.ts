import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ProviderFailure } from '@tecnocursos/provider-kit';
import { readWav } from '../audio/wav.js';
import { HOUSE_VOICES } from '../house-voices.js';
import type { SpeechSynthesizer, SpokenClip, Utterance } from '../ports/speech-synthesizer.port.js';
import { parsePlainText } from '../ssml/script-builder.js';
import { parseSsml } from '../ssml/ssml-parser.js';
import { spokenCharacters } from '../ssml/speech-script.js';
import { narrate, type HeardClips } from './narrate.js';

const RATE = 24_000;
const [house] = HOUSE_VOICES;
let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'narrate-spec-'));
});
afterAll(() => rm(folder, { recursive: true }));

/** Hums 60 ms for each character, after 200 ms of silence and before 300 ms of it. */
function hum(utterance: Utterance, amplitude = 9_000): Buffer {
  const length = spokenCharacters(utterance.script) * 0.06 * RATE;
  const silence = new Int16Array(0.2 * RATE);
  const sound = Int16Array.from({ length }, (_, index) => amplitude * Math.sin(index / 15) * Math.min(1, (length - index) / 240));
  const samples = Int16Array.from([...silence, ...sound, ...new Int16Array(0.3 * RATE)]);
  return Buffer.from(samples.buffer);
}

type Speak = (utterance: Utterance, index: number) => Partial<SpokenClip> | Error;

function port(speak: Speak, maxCharacters = 1_000, maxPauseMs = 0): SpeechSynthesizer & { said: Utterance[] } {
  const said: Utterance[] = [];
  return {
    said,
    models: { economy: 'm', standard: 'm', premium: 'm' },
    division: () => ({ maxCharacters, maxPauseMs }),
    estimate: () => ({ characters: 1 }),
    speak: async (utterance) => {
      said.push(utterance);
      const answer = speak(utterance, said.length - 1);
      if (answer instanceof Error) throw answer;
      return { kind: 'clip', bytes: hum(utterance), encoding: { kind: 'pcm', sampleRate: RATE }, usage: { characters: 10 }, warnings: [], unmet: { rate: 1, pitch: 0 }, ...answer };
    },
  };
}

let count = 0;
async function hear(of: SpeechSynthesizer, text: string, heard: HeardClips = new Map()) {
  if (!house) throw new Error('There are no voices.');
  const own = await mkdtemp(join(folder, String((count += 1))));
  const script = text.startsWith('<') ? parseSsml(text, 'pt-BR') : parsePlainText(text, 'pt-BR');
  const narration = await narrate(of, { script, language: 'pt-BR', voice: { kind: 'house', voice: house }, model: 'm', rate: 1, pitch: 0 }, { folder: own, signal: new AbortController().signal }, heard);
  return { ...narration, samples: readWav(await readFile(narration.wavPath)).samples };
}

describe('a narration', () => {
  it('joins clips with exact pauses, trimmed, even and without a click', async () => {
    const of = port((utterance, index) => ({ bytes: hum(utterance, index === 0 ? 9_000 : 9_000) }), 14);
    const heard = await hear(of, '<speak>Um dois.<break time="1s"/>Três quatro.</speak>');
    expect(heard.words.map(({ text, sentence }) => [text, sentence])).toEqual([['Um', 0], ['dois.', 0], ['Três', 1], ['quatro.', 1]]);
    expect((heard.words[2]?.start_ms ?? 0) - (heard.words[1]?.end_ms ?? 0)).toBeGreaterThanOrEqual(990);
    expect((heard.words[2]?.start_ms ?? 0) - (heard.words[1]?.end_ms ?? 0)).toBeLessThanOrEqual(1_010);
    expect(heard.durationMs - (heard.words[3]?.end_ms ?? 0)).toBe(350);
    expect(heard.usage).toEqual({ characters: 20 });
    const steps = heard.samples.map((sample, index) => Math.abs(sample - (heard.samples[index - 1] ?? sample)));
    expect(steps.reduce((most, step) => Math.max(most, step), 0)).toBeLessThan(2_000);
  });

  it('is as loud from a soft vendor as from a loud one', async () => {
    const [soft, loud] = [await hear(port((utterance) => ({ bytes: hum(utterance, 1_500) })), 'Um dois três.'), await hear(port((utterance) => ({ bytes: hum(utterance, 20_000) })), 'Um dois três.')];
    const peak = (samples: Int16Array): number => samples.reduce((most, sample) => Math.max(most, sample), 0);
    expect(peak(soft.samples) / peak(loud.samples)).toBeCloseTo(1, 1);
  });

  it('takes times from the vendor where it tells them, and says which are estimated', async () => {
    const told = await hear(port(() => ({ marks: [{ word: 0, startMs: 200, endMs: 300 }, { word: 1, startMs: 350, endMs: 500 }] })), 'Um dois.');
    expect([told.timing, told.words.map(({ start_ms: start, end_ms: end }) => [start, end])]).toEqual(['measured', [[100, 200], [250, 400]]]);
    expect((await hear(port(() => ({ marks: [{ word: 1, startMs: 400, endMs: 500 }] })), 'Um dois.')).timing).toBe('estimated');
    expect((await hear(port(() => ({})), 'Um dois.')).timing).toBe('estimated');
  });

  it('does after what the vendor could not', async () => {
    const plain = await hear(port(() => ({})), 'Um dois três quatro cinco.');
    const fast = await hear(port(() => ({ unmet: { rate: 1.5, pitch: 3 } })), 'Um dois três quatro cinco.');
    expect((fast.durationMs - 450) / (plain.durationMs - 450)).toBeCloseTo(1 / 1.5, 1);
  });

  it('carries the intonation over', async () => {
    const of = port(() => ({}), 14);
    await hear(of, 'Um dois. Três quatro.');
    expect(of.said.map(({ before, after }) => [before, after])).toEqual([[undefined, 'Três quatro.'], ['Um dois.', undefined]]);
  });

  it('buys no clip twice when it is tried again, and tells what a failed attempt cost', async () => {
    const heard: HeardClips = new Map();
    const broken = port((_utterance, index) => (index === 1 ? new ProviderFailure('unavailable', 'later', { status: 503, usage: { characters: 3 } }) : {}), 14);
    await expect(hear(broken, 'Um dois. Três quatro.', heard)).rejects.toMatchObject({ kind: 'unavailable', status: 503, usage: { characters: 13 } });
    const again = port(() => ({}), 14);
    expect((await hear(again, 'Um dois. Três quatro.', heard)).usage).toEqual({ characters: 10 });
    expect(again.said).toHaveLength(1);
  });

  it.each([
    ['nothing', { bytes: Buffer.alloc(0) }], ['silence', { bytes: Buffer.alloc(48_000) }], ['something else', { bytes: Buffer.from('<html>no</html>'.repeat(50)), encoding: { kind: 'file' as const } }],
  ])('refuses %s', async (_name, answer) => {
    await expect(hear(port(() => answer), 'Um dois.')).rejects.toMatchObject({ kind: 'malformed', usage: { characters: 10 } });
  });
});
