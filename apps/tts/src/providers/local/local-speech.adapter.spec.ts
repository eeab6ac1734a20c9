import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Language, Voice, WordTiming } from '@tecnocursos/contracts';
import { readWav } from '../../audio/wav.js';
import { HOUSE_VOICES } from '../../house-voices.js';
import type { SpokenRecording } from '../../ports/speech-synthesizer.port.js';
import { parsePlainText } from '../../ssml/script-builder.js';
import { parseSsml } from '../../ssml/ssml-parser.js';
import { espeakProgram, type SpeakWithEspeak } from './espeak-program.js';
import { LocalSpeechSynthesizer } from './local-speech.adapter.js';
import { FRAME } from './word-alignment.js';

const LESSON = 'Nesta aula, vamos ver como a clorofila capta a luz. Depois, a planta usa essa energia!';

interface Order {
  text?: string;
  ssml?: string;
  language?: Language;
  voice?: string;
  rate?: number;
  pitch?: number;
  signal?: AbortSignal;
  engine?: SpeakWithEspeak;
}
type Spoken = SpokenRecording & { samples: Int16Array };

let folder = '';
let count = 0;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'local-speech-spec-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function say({ text = LESSON, ssml, language = 'pt-BR', voice = 'francisca', rate = 1, pitch = 0, signal = new AbortController().signal, engine = espeakProgram() }: Order): Promise<Spoken> {
  const own = join(folder, String((count += 1)));
  await mkdir(own);
  const script = ssml === undefined ? parsePlainText(text, language) : parseSsml(ssml, language);
  const house = HOUSE_VOICES.find(({ id }) => id === voice) as Voice;
  const speech = await new LocalSpeechSynthesizer(engine).speak({ script, language, voice: { kind: 'house', voice: house }, model: 'espeak-ng', rate, pitch }, { folder: own, signal });
  const { samples, sampleRate } = readWav(await readFile(speech.wavPath));
  expect(sampleRate).toBe(speech.sampleRate);
  expect(Math.abs(speech.durationMs - (samples.length * 1_000) / sampleRate)).toBeLessThan(1);
  expectInOrder(speech.words, speech.durationMs);
  return { ...speech, samples };
}

function expectInOrder(words: readonly WordTiming[], durationMs: number): void {
  const times = words.flatMap((word) => [word.start_ms, word.end_ms]);
  expect(times).toEqual(times.toSorted((a, b) => a - b));
  expect(times.at(-1) ?? 0).toBeLessThanOrEqual(durationMs);
}

const fingerprint = ({ samples }: Spoken): string => createHash('sha256').update(samples).digest('hex');
const peakBetween = ({ samples, sampleRate }: Spoken, fromMs: number, toMs: number): number =>
  samples.subarray(Math.round((fromMs * sampleRate) / 1_000), Math.round((toMs * sampleRate) / 1_000)).reduce((peak, sample) => Math.max(peak, Math.abs(sample)), 0);
const gaps = ({ words }: Spoken): number[] => words.slice(1).map((word, index) => word.start_ms - (words[index]?.end_ms ?? 0));

describe('local voices', () => {
  it('all speak, each in its own way, evenly loud, and end in a pause without a click', async () => {
    const spoken = await Promise.all(HOUSE_VOICES.map(({ id, language }) => say({ voice: id, language })));
    expect(new Set(spoken.map(fingerprint)).size).toBe(HOUSE_VOICES.length);
    for (const speech of spoken) {
      expect(speech.timing).toBe('measured');
      const last = speech.words.at(-1)?.end_ms ?? 0;
      expect(speech.durationMs - last).toBeGreaterThanOrEqual(300);
      expect(speech.durationMs - last).toBeLessThanOrEqual(400);
      expect(peakBetween(speech, last + 100, speech.durationMs)).toBe(0);
      const peak = peakBetween(speech, 0, speech.durationMs);
      expect(peak).toBeGreaterThan(14_000);
      expect(peak).toBeLessThan(28_000);
    }
  });

  it('follows rate and pitch', async () => {
    const [normal, slow, fast, high] = await Promise.all([say({}), say({ rate: 0.7 }), say({ rate: 1.5 }), say({ pitch: 6 })]);
    expect((slow?.durationMs ?? 0) / (normal?.durationMs ?? 1)).toBeGreaterThan(1.25);
    expect((slow?.durationMs ?? 0) / (normal?.durationMs ?? 1)).toBeLessThan(1.6);
    expect((fast?.durationMs ?? 0) / (normal?.durationMs ?? 1)).toBeLessThan(0.78);
    expect((fast?.durationMs ?? 0) / (normal?.durationMs ?? 1)).toBeGreaterThan(0.6);
    expect(fingerprint(high)).not.toBe(fingerprint(normal));
    expect(Math.abs(high.durationMs - normal.durationMs)).toBeLessThan(normal.durationMs * 0.05);
  });

  it('says the same thing twice alike', async () => {
    expect(fingerprint(await say({}))).toBe(fingerprint(await say({})));
  });
});

describe('word times', () => {
  it('are where sound begins and ends, for words that silence parts', async () => {
    const speech = await say({ ssml: '<speak>um<break time="300ms"/>dois<break time="300ms"/>três<break time="300ms"/>quatro<break time="300ms"/>cinco</speak>' });
    const frameMs = (FRAME * 1_000) / speech.sampleRate;
    const loud = Array.from({ length: Math.floor(speech.samples.length / FRAME) }, (_, frame) => peakBetween(speech, frame * frameMs, (frame + 1) * frameMs) > 100);
    const onsets = loud.flatMap((isLoud, frame) => (isLoud && !loud.slice(Math.max(0, frame - 30), frame).includes(true) ? [frame * frameMs] : []));
    expect(onsets).toHaveLength(5);
    speech.words.forEach((word, index) => expect(Math.abs(word.start_ms - (onsets[index] ?? 0))).toBeLessThan(35));
  });

  it.each([
    ['pt-BR', 'francisca', 'A planta absorve dióxido de carbono pelas folhas e libera oxigênio durante o dia'],
    ['en', 'guy', 'A good teacher explains one idea at a time and then asks a question about it'],
  ] as const)('agree with the lengths of ever longer beginnings of a sentence (%s)', async (language, voice, text) => {
    const words = text.split(' ');
    const whole = await say({ text, language, voice });
    const ends = await Promise.all(words.slice(0, -1).map(async (_, index) => (await say({ text: words.slice(0, index + 1).join(' '), language, voice })).words.at(-1)?.end_ms ?? 0));
    // The engine draws out the last word of a phrase, so each beginning is longer by about the same; only what differs from that is error.
    const lengthening = ends.map((end, index) => end - (whole.words[index]?.end_ms ?? 0)).toSorted((a, b) => a - b);
    const typical = lengthening[Math.floor(lengthening.length / 2)] ?? 0;
    const meanError = lengthening.reduce((sum, difference) => sum + Math.abs(difference - typical), 0) / lengthening.length;
    expect(meanError).toBeLessThan(120);
    expect(typical).toBeLessThan(300);
  });

  it('are given for written words, with their sentence', async () => {
    const { words } = await say({ ssml: '<speak><s>O gás <sub alias="dióxido de carbono do ar livre">CO2</sub> entra.</s><s>Custa <sub alias="mil e duzentos reais">R$ 1.200</sub>.</s></speak>' });
    expect(words.map((word) => [word.text, word.sentence])).toEqual([['O', 0], ['gás', 0], ['CO2', 0], ['entra.', 0], ['Custa', 1], ['R$ 1.200.', 1]]);
    const [length = 0, other = Infinity] = [words[2], words[3]].map((word) => (word?.end_ms ?? 0) - (word?.start_ms ?? 0));
    expect(length).toBeGreaterThan(2 * other);
  });

  it('are estimated, and said to be, when the engine cannot be measured', async () => {
    const real = espeakProgram();
    const unsteady: SpeakWithEspeak = async (text, settings) => {
      const { samples, sampleRate } = await real(text, settings);
      return { sampleRate, samples: text.includes('\u000160A') ? samples.subarray(1) : samples };
    };
    const [measured, estimated] = await Promise.all([say({}), say({ engine: unsteady })]);
    expect(estimated.timing).toBe('estimated');
    expect(estimated.words.map((word) => word.text)).toEqual(measured.words.map((word) => word.text));
    const errors = measured.words.map((word, index) => Math.abs(word.start_ms - (estimated.words[index]?.start_ms ?? 0)));
    expect(errors.reduce((sum, error) => sum + error, 0) / errors.length).toBeLessThan(150);
  });
});

describe('SSML', () => {
  it('breaks are as long as asked', async () => {
    const speech = await say({ ssml: '<speak>primeiro<break time="900ms"/>segundo<break time="2s"/>terceiro</speak>' });
    const [first = 0, second = 0] = gaps(speech);
    expect(Math.abs(first - 900)).toBeLessThan(40);
    expect(Math.abs(second - 2_000)).toBeLessThan(40);
    expect(peakBetween(speech, (speech.words[0]?.end_ms ?? 0) + 120, (speech.words[1]?.start_ms ?? 0) - 60)).toBe(0);
  });

  it('prosody changes speed, pitch and volume of its words only', async () => {
    const plain = await say({ ssml: '<speak>antes energia elétrica depois</speak>' });
    const slow = await say({ ssml: '<speak>antes <prosody rate="50%">energia elétrica</prosody> depois</speak>' });
    const soft = await say({ ssml: '<speak>antes <prosody volume="silent">energia elétrica</prosody> depois</speak>' });
    const lengthOf = (speech: Spoken, index: number): number => (speech.words[index]?.end_ms ?? 0) - (speech.words[index]?.start_ms ?? 0);
    expect(lengthOf(slow, 1)).toBeGreaterThan(1.5 * lengthOf(plain, 1));
    expect(lengthOf(slow, 3)).toBeLessThan(1.25 * lengthOf(plain, 3));
    const middle = (speech: Spoken): number => peakBetween(speech, (speech.words[1]?.start_ms ?? 0) + 60, (speech.words[2]?.end_ms ?? 0) - 20);
    expect(middle(plain)).toBeGreaterThan(5_000);
    expect(middle(soft)).toBeLessThan(50);
    expect(soft.durationMs).toBe(plain.durationMs);
  });
});

describe('hostile and odd text', () => {
  it.each([
    ['phonemes', "diga [[h@l'oU w'3:ld]] agora"],
    ['inline commands', 'diga \u0001450S bem \u000199P agora'],
    ['options', '--help -v en -w /tmp/x --stdout'],
    ['markup', 'diga <voice name="en"><break time="9s"/> & <audio src="/etc/passwd"/> agora'],
    ['other scripts', '这是一个测试。 هذا اختبار. Это тест. שלום'],
    ['emoji', 'Olá 😀 mundo 👩‍🏫 agora 🇧🇷'],
    ['broken characters', 'a\u0000b \uD800 c\uDC00 \u202E d\u0007'],
    ['a word without end', 'x'.repeat(3_000)],
    ['marks', `fim${'!'.repeat(3_000)} ?? ... ,,, ;;; a`],
  ])('is spoken as text: %s', async (_name, text) => {
    const speech = await say({ text });
    expect(speech.durationMs).toBeGreaterThan(300);
    expect(speech.warnings).toEqual([]);
  });

  it('is not faster or slower for a command in the text', async () => {
    const [plain, hostile] = await Promise.all([say({ text: 'a 450S planta verde cresce muito bem aqui' }), say({ text: 'a \u0001450S planta verde cresce muito bem aqui' })]);
    expect(hostile.durationMs).toBe(plain.durationMs);
  });

  it('speaks 20,000 characters with the words of all of them', async () => {
    const text = `${LESSON} `.repeat(300).slice(0, 20_000);
    const speech = await say({ text, rate: 2 });
    expect(speech.words.map((word) => word.text).join(' ') === text.trim()).toBe(true);
    expect(speech.timing).toBe('measured');
    expect(speech.durationMs).toBeGreaterThan(10 * 60_000);
  }, 90_000);
});

describe('abort', () => {
  it('ends the work and its processes at once', async () => {
    const abort = new AbortController();
    const work = say({ text: `${LESSON} `.repeat(200), signal: abort.signal });
    setTimeout(() => abort.abort(), 60);
    await expect(work).rejects.toMatchObject({ code: 'canceled' });
    const processes = (): string[] => process.getActiveResourcesInfo().filter((name) => name === 'ProcessWrap');
    for (let tries = 0; tries < 100 && processes().length > 0; tries += 1) await new Promise((resolve) => setTimeout(resolve, 20)); // a machine that is busy hears of an end late
    expect(processes()).toEqual([]);
  });
});
