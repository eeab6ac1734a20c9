import { createHash } from 'node:crypto';
import { inspect } from 'node:util';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { SandboxFault } from '@tecnocursos/contracts';
import { runProgram } from '@tecnocursos/engines';
import type { FailureKind } from '@tecnocursos/provider-kit';
import type { RunningSandbox } from '@tecnocursos/sandbox';
import { HOUSE_VOICES } from '../house-voices.js';
import { spokenCharacters, wordsOf } from '../ssml/speech-script.js';
import { SpeechSubject, type Heard, type Probed, type SpeechCase } from './speech-synthesizer.subject.js';

type SubjectOf = () => SpeechSubject;

const LESSON = 'Nesta aula, vamos ver como a clorofila capta a luz. Depois, a planta usa essa energia!';
const SEED = 20_261_125;
/** Between which clips are joined. */
const MANY_REQUESTS = 8;

/** What everybody who can speak owes to the port: vendors against their simulators over real HTTP, engines as they are. */
export function describeSpeechSynthesizer(name: string, of: SpeechCase): void {
  describe(`${name} as a speech synthesizer`, () => {
    let sandbox: RunningSandbox | undefined;
    let subject: SpeechSubject;
    beforeAll(async () => {
      sandbox = await of.startSandbox?.({ seed: SEED });
      subject = new SpeechSubject(of, sandbox);
      await subject.hear({ text: 'Bom dia.' }); // what is looked up once is known from here on
    });
    beforeEach(() => subject.reset());
    afterEach(() => {
      for (const call of subject.calls()) of.check?.(call);
    });
    afterAll(async () => {
      await subject.close();
      await sandbox?.close();
    });
    describeSpeech(() => subject);
    describeVoices(() => subject);
    describeAborts(() => subject);
    if (of.definition.capabilities.includes('stream')) describeStreams(() => subject);
    if (of.startSandbox) describeFailures(() => subject, of);
  });
}

function describeSpeech(subjectOf: SubjectOf): void {
  it('says every word in its order, as loud as the others, within the time it tells', async () => {
    const subject = subjectOf();
    const heard = await subject.probe({ text: LESSON });
    expect(heard.words.map(({ text }) => text).join(' ')).toBe(LESSON);
    expect(heard.words.map(({ sentence }) => sentence)).toEqual([...Array<number>(10).fill(0), ...Array<number>(6).fill(1)]);
    expectSound(heard);
    expect(heard.timing).toBe(subject.of.timing);
    expect(Object.values(heard.usage).every((amount) => amount > 0)).toBe(true);
    expect(heard.model).not.toBe('');
  });

  it('asks as often as one utterance takes, and uses no more than it estimated', async () => {
    const subject = subjectOf();
    const { usage } = await subject.hear({});
    const estimate = subject.port.estimate(subject.orderOf({}));
    for (const [unit, amount] of Object.entries(usage)) expect(amount).toBeLessThanOrEqual(estimate[unit as keyof typeof estimate] ?? 0);
    const division = subject.port.division(subject.orderOf({}));
    const { requests, polls = false } = subject.of;
    expect(subject.calls().length).toBeGreaterThanOrEqual(requests);
    if (division.maxCharacters > 100 && !polls) expect(subject.calls()).toHaveLength(requests);
  });

  it('makes pauses as long as the author asked', async () => {
    const heard = await subjectOf().hear({ ssml: '<speak>primeiro<break time="900ms"/>segundo<break time="2s"/>terceiro</speak>' });
    const gaps = silences(heard, 600);
    expect(gaps).toHaveLength(2);
    expect(Math.abs((gaps[0] ?? 0) - 900)).toBeLessThan(170);
    expect(Math.abs((gaps[1] ?? 0) - 2_000)).toBeLessThan(170);
  });

  it('follows speed and pitch', async () => {
    const subject = subjectOf();
    const normal = await subject.hear({ text: LESSON });
    const slow = await subject.probe({ text: LESSON, rate: 0.6 });
    const fast = await subject.probe({ text: LESSON, rate: 1.6 });
    const high = await subject.hear({ text: LESSON, pitch: 5 });
    expect(slow.durationMs / normal.durationMs).toBeGreaterThan(1.25);
    expect(fast.durationMs / normal.durationMs).toBeLessThan(0.78);
    expectSound(slow);
    expectSound(fast);
    expect(fingerprint(high)).not.toBe(fingerprint(normal));
    expect(Math.abs(high.durationMs - normal.durationMs)).toBeLessThan(normal.durationMs * 0.08);
  });

  it('honours changes inside the text, or warns that it does not', async () => {
    const heard = await subjectOf().hear({ ssml: '<speak><s>antes <prosody rate="60%" pitch="+3st" volume="-6dB">energia elétrica</prosody> depois</s><s><emphasis>Muito</emphasis> bem &amp; pronto.</s></speak>' });
    expect(heard.words.map(({ text }) => text)).toEqual(['antes', 'energia', 'elétrica', 'depois', 'Muito', 'bem', '&', 'pronto.']);
    const plain = await subjectOf().hear({ text: 'antes energia elétrica depois. Muito bem & pronto.' });
    expect(heard.warnings.length > plain.warnings.length || heard.durationMs > plain.durationMs * 1.05).toBe(true);
  });

  it('speaks a text longer than one request may be, without a click', async () => {
    const subject = subjectOf();
    const text = longText(subject);
    const heard = await subject.probe({ text, rate: 1.5 });
    expect(heard.words.map(({ text: word }) => word).join(' ')).toBe(text);
    expectSound(heard);
    const { maxCharacters } = subject.port.division(subject.orderOf({ text, rate: 1.5 }));
    const spoken = spokenCharacters(subject.orderOf({ text }).script);
    if (Number.isFinite(maxCharacters)) expect(subject.calls().length).toBeGreaterThanOrEqual(Math.min(100, Math.floor(spoken / maxCharacters)));
    expect(largestStep(heard)).toBeLessThan(2.2 * largestStep(await subject.hear({ text: LESSON, rate: 1.5 })));
  }, 60_000);

  it.each([
    ['markup', 'diga <voice name="en"><break time="9s"/> & <audio src="/etc/passwd"/> agora'],
    ['brackets', 'diga [risos] [[h@l]] agora'],
    ['broken characters', 'a\u0000b \uD800 c\uDC00 \u202E d\u0007 agora'],
    ['emoji', 'Olá 😀 mundo 👩‍🏫 agora 🇧🇷'],
    ['a word without end', `diga ${'xa'.repeat(700)} agora`],
  ])('takes odd text as text: %s', async (_name, text) => {
    const subject = subjectOf();
    const heard = await subject.probe({ text });
    const written = subject.orderOf({ text }).script.sentences.flatMap((sentence) => wordsOf(sentence).map((word) => word.written));
    expect(heard.words.map((word) => word.text)).toEqual(written);
    expectSound(heard);
  }, 30_000);
}

function describeVoices(subjectOf: SubjectOf): void {
  it('has a voice for every house voice', async () => {
    const subject = subjectOf();
    for (const { id, language } of HOUSE_VOICES) {
      const heard = await subject.hear({ voice: id, text: language === 'en' ? 'Good morning, class.' : 'Bom dia, turma.' });
      expect(heard.durationMs).toBeGreaterThan(600);
    }
  }, 60_000);

  it('speaks with each of its models', async () => {
    const subject = subjectOf();
    for (const model of new Set(Object.values(subject.port.models))) expectSound(await subject.probe({ text: LESSON, model }));
  }, 30_000);
}

function describeAborts(subjectOf: SubjectOf): void {
  it('does nothing once it is aborted', async () => {
    const subject = subjectOf();
    expect((await subject.failureOf(subject.hear({ signal: AbortSignal.abort() }))).kind).toBe('canceled');
    expect(subject.calls()).toHaveLength(0);
  });

  it('ends at once when it is aborted', async () => {
    const subject = subjectOf();
    subject.fail({ fault: 'latency', latency_ms: 20_000 });
    const abort = new AbortController();
    setTimeout(() => abort.abort(), 60);
    const startedAt = Date.now();
    expect((await subject.failureOf(subject.hear({ text: `${LESSON} `.repeat(200).slice(0, 16_000), signal: abort.signal }))).kind).toBe('canceled');
    expect(Date.now() - startedAt).toBeLessThan(2_000);
  });
}

function describeStreams(subjectOf: SubjectOf): void {
  it('streams MP3, and tells at last what it used', async () => {
    const { bytes, last } = await subjectOf().stream({ text: LESSON });
    expect(last).toMatchObject({ type: 'end', usage: { characters: expect.any(Number) } });
    const { stdout } = await runProgram('ffmpeg', ['-nostdin', '-v', 'error', '-f', 'mp3', '-i', 'pipe:0', '-ac', '1', '-ar', '24000', '-f', 's16le', 'pipe:1'], { input: bytes });
    expect(stdout.length / 48).toBeGreaterThan(3_000);
    expect(peak(new Int16Array(new Uint8Array(stdout).buffer))).toBeGreaterThan(3_000);
  });

  it('ends the request of a reader who leaves', async () => {
    const subject = subjectOf();
    const { bytes } = await subject.stream({ text: LESSON.repeat(4) }, 1);
    expect(bytes.length).toBeGreaterThan(0);
    if (subject.of.startSandbox) expect((await subject.ended(1)).length).toBeGreaterThanOrEqual(1);
  });
}

/** What each fault of the sandbox may be called. What follows from a kind is in `FAILURE_RULES`. */
const KINDS: readonly (readonly [SandboxFault, readonly FailureKind[]])[] = [
  ['unauthorized', ['auth', 'rate_limited']],
  ['quota_exhausted', ['quota', 'auth', 'rate_limited']],
  ['rate_limited', ['rate_limited']],
  ['rate_limited_retry_after_garbage', ['rate_limited']],
  ['server_error', ['unavailable']],
  ['unavailable', ['unavailable']],
  ['connection_reset', ['unavailable']],
  ['truncated_body', ['unavailable', 'malformed']],
  ['malformed_json', ['malformed', 'unavailable']],
  ['error_in_success', ['unavailable', 'malformed']],
  ['empty_answer', ['malformed']],
];
const WAIT_S = 30;

function describeFailures(subjectOf: SubjectOf, { raw, credentials }: SpeechCase): void {
  it.each(KINDS.filter(([fault]) => !(raw === true && fault === 'malformed_json')))('says what %s is, without the key', async (fault, kinds) => {
    const subject = subjectOf();
    subject.fail({ fault });
    const failure = await subject.failureOf(subject.hear({ text: 'Bom dia.' }));
    expect(kinds).toContain(failure.kind);
    for (const secret of Object.values(credentials)) {
      expect(failure.detail).not.toContain(secret.slice(-6));
      expect(inspect(failure, { depth: 3 })).not.toContain(secret);
    }
  });

  it.each([
    ['rate_limited_retry_after_seconds', WAIT_S * 1_000 - 1, WAIT_S * 1_000],
    ['rate_limited_retry_after_date', (WAIT_S - 3) * 1_000, WAIT_S * 1_000],
    ['rate_limited_retry_after_ms', WAIT_S * 1_000 - 1, WAIT_S * 1_000],
  ] as const)('keeps the wait of %s', async (fault, least, most) => {
    const subject = subjectOf();
    subject.fail({ fault, retry_after_s: WAIT_S });
    const { kind, retryAfterMs = 0 } = await subject.failureOf(subject.hear({ text: 'Bom dia.' }));
    expect([kind, retryAfterMs >= least, retryAfterMs <= most]).toEqual(['rate_limited', true, true]);
  });
}

/** Within 3 % of what a program that knows nothing of us says, words in order, not silent, not clipped. */
function expectSound(heard: Probed): void {
  expect(Math.abs(heard.probedMs - heard.durationMs)).toBeLessThan(heard.durationMs * 0.03);
  const times = heard.words.flatMap(({ start_ms: start, end_ms: end }) => [start, end]);
  expect(times).toEqual(times.toSorted((a, b) => a - b));
  const last = times.at(-1) ?? 0;
  expect(last).toBeLessThanOrEqual(heard.durationMs);
  expect(Math.abs(heard.durationMs - last - 350)).toBeLessThan(Math.max(120, heard.durationMs * 0.03));
  expect(peak(heard.samples)).toBeGreaterThan(10_000);
  expect(peak(heard.samples)).toBeLessThan(28_000);
}

/** Enough for many requests of those who take little at once, and for one of those who take much. */
function longText(subject: SpeechSubject): string {
  const { maxCharacters } = subject.port.division(subject.orderOf({ text: LESSON, rate: 1.5 }));
  const times = Math.ceil((MANY_REQUESTS * maxCharacters) / LESSON.length);
  return `${LESSON} `.repeat(Math.min(38, times)).trim();
}

const peak = (samples: Int16Array): number => samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);
const fingerprint = ({ samples }: Heard): string => createHash('sha256').update(samples).digest('hex');
const largestStep = ({ samples }: Heard): number => samples.reduce((largest, sample, index) => Math.max(largest, Math.abs(sample - (samples[index - 1] ?? sample))), 0);

/** Lengths of the silences between sounds that last so many milliseconds at least. */
function silences({ samples, sampleRate, durationMs }: Heard, atLeastMs: number): number[] {
  const lengths: number[] = [];
  let quietSince = -1;
  samples.forEach((sample, index) => {
    if (Math.abs(sample) > 150) {
      if (quietSince > 0 && ((index - quietSince) * 1_000) / sampleRate >= atLeastMs) lengths.push(((index - quietSince) * 1_000) / sampleRate);
      quietSince = -1;
    } else if (quietSince < 0) quietSince = index;
  });
  return lengths.filter((length) => length < durationMs);
}
