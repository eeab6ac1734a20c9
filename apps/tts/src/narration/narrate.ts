import { join } from 'node:path';
import type { Usage, UsageUnit, WordTiming } from '@tecnocursos/contracts';
import { ProviderFailure } from '@tecnocursos/provider-kit';
import { decodeClip } from '../audio/decode.js';
import { WavWriter, type Pcm } from '../audio/wav.js';
import type { SpeakContext, SpeechOrder, SpeechSynthesizer, SpokenClip, SpokenRecording, Utterance } from '../ports/speech-synthesizer.port.js';
import { divideScript, NATURAL_PAUSE_MS, type DividedScript } from '../ssml/divide-script.js';
import { wordsOf } from '../ssml/speech-script.js';
import { groupsOf, type WordGroup } from './estimate-by-pauses.js';
import { utterancesOf } from './utterances.js';
import { Recording } from './recording.js';
import { silentGaps, soundingSpan } from './sounding-span.js';
import type { Span } from './span.js';
import { placeWords } from './word-spans.js';

/** A whole order as sound. */
export interface Narration {
  readonly wavPath: string;
  readonly sampleRate: number;
  readonly durationMs: number;
  readonly words: readonly WordTiming[];
  readonly timing: 'measured' | 'estimated';
  /** Of this attempt alone. */
  readonly usage: Usage;
  readonly model: string;
  readonly warnings: readonly string[];
}

export interface HeardClip extends Pick<SpokenClip, 'marks' | 'warnings' | 'model'> {
  readonly pcm: Pcm;
  /** From the first to the last sound. */
  readonly sounding: Span;
}

/** Clips that a provider has made for a call already, by their number: what a later attempt need not buy again. */
export type HeardClips = Map<number, HeardClip>;

const FINAL_PAUSE_MS = 350;
/** Shorter silences are stops of consonants. */
const SHORTEST_PAUSE_MS = 130;
/** Kept around speech, where there is silence, for soft first and last sounds. */
const LEAD_S = 0.03;
const TAIL_S = 0.08;

/**
 * Has an order spoken, utterance by utterance and one at a time, and joins the clips: silence trimmed, pauses exact, loudness even, no click.
 * @throws ProviderFailure, whose usage tells what was billed before the failure.
 */
export async function narrate(port: SpeechSynthesizer, order: SpeechOrder, context: SpeakContext, heard: HeardClips): Promise<Narration> {
  const divided = divideScript(order.script, { ...port.division(order), rate: order.rate });
  const utterances = utterancesOf(order, divided);
  const bill = new Bill();
  const clips: HeardClip[] = [];
  for (const [index, utterance] of utterances.entries()) {
    const known = heard.get(index);
    const spoken = known ?? (await listen(port, utterance, context, bill));
    if ('kind' in spoken) return { ...spoken, usage: bill.usage, model: spoken.model ?? order.model };
    heard.set(index, spoken);
    clips.push(spoken);
  }
  const joined = await joinClips(divided, clips, join(context.folder, 'speech.wav'));
  return { ...joined, usage: bill.usage, model: clips[0]?.model ?? order.model, warnings: [...new Set(clips.flatMap(({ warnings }) => warnings))] };
}

async function listen(port: SpeechSynthesizer, utterance: Utterance, context: SpeakContext, bill: Bill): Promise<HeardClip | SpokenRecording> {
  try {
    const spoken = await port.speak(utterance, context);
    bill.add(spoken.usage);
    if (spoken.kind === 'recording') return spoken;
    const pcm = await decodeClip(spoken, context.signal);
    const sounding = soundingSpan(pcm.samples, pcm.sampleRate);
    if (!sounding) throw new ProviderFailure('malformed', 'The vendor sent silence.');
    const { marks, model, warnings, unmet } = spoken;
    return { pcm, sounding, warnings, ...(model && { model }), ...(marks && { marks: scaled(marks, unmet.rate) }) };
  } catch (error) {
    throw bill.isEmpty || !(error instanceof ProviderFailure) ? error : billed(error, bill);
  }
}

const scaled = (marks: NonNullable<SpokenClip['marks']>, rate: number): NonNullable<SpokenClip['marks']> =>
  rate === 1 ? marks : marks.map(({ word, startMs, endMs }) => ({ word, startMs: startMs / rate, endMs: endMs / rate }));

/** The failure with all that the attempt was billed for. */
function billed(failure: ProviderFailure, bill: Bill): ProviderFailure {
  if (failure.usage) bill.add(failure.usage);
  const { kind, detail, cause, usage: _own, ...rest } = failure;
  const known = Object.fromEntries(Object.entries(rest).filter(([name, value]) => name !== 'name' && value !== undefined));
  return new ProviderFailure(kind, detail, { ...known, usage: bill.usage, cause });
}

class Bill {
  private readonly sums: Partial<Record<UsageUnit, number>> = {};

  add(usage: Usage): void {
    for (const [unit, amount] of Object.entries(usage)) this.sums[unit as UsageUnit] = (this.sums[unit as UsageUnit] ?? 0) + (amount ?? 0);
  }

  get usage(): Usage {
    return { ...this.sums };
  }

  get isEmpty(): boolean {
    return Object.keys(this.sums).length === 0;
  }
}

type Joined = Omit<Narration, 'usage' | 'warnings' | 'model'>;

async function joinClips({ parts, pauseBeforeMs }: DividedScript, clips: readonly HeardClip[], wavPath: string): Promise<Joined> {
  const sampleRate = clips[0]?.pcm.sampleRate ?? 0;
  const writer = await WavWriter.create(wavPath, sampleRate);
  const recording = new Recording(writer, sampleRate);
  let timing: Joined['timing'] = 'measured';
  try {
    recording.pause(pauseBeforeMs);
    for (const [index, part] of parts.entries()) {
      const clip = clips[index];
      if (!clip) throw new Error(`Part ${index} was not spoken.`);
      const placed = placeClip(clip, groupsOf(part.script.sentences));
      if (placed.timing === 'estimated') timing = 'estimated';
      const words = part.script.sentences.flatMap((sentence, at) => wordsOf(sentence).map(({ written }) => ({ written, sentence: part.sentences[at] ?? 0, gain: 1 })));
      const pauseMs = index === parts.length - 1 ? finalPause(part.pauseAfterMs) : part.pauseAfterMs;
      await recording.add(clip.pcm.samples, [{ words, spans: placed.spans, stretch: placed.stretch, pauseMs }]);
    }
    await recording.finish();
  } finally {
    await writer.close();
  }
  return { wavPath, sampleRate, durationMs: recording.durationMs, words: recording.words, timing };
}

function placeClip({ pcm, sounding, marks }: HeardClip, groups: readonly WordGroup[]): ReturnType<typeof placeWords> & { stretch: Span } {
  const stretch = { start: Math.max(0, sounding.start - Math.round(LEAD_S * pcm.sampleRate)), end: Math.min(pcm.samples.length, sounding.end + Math.round(TAIL_S * pcm.sampleRate)) };
  return { ...placeWords(groups, marks, { sampleRate: pcm.sampleRate, sounding, gaps: () => silentGaps(pcm.samples, pcm.sampleRate, SHORTEST_PAUSE_MS) }), stretch };
}

/** The pause of a sentence's or paragraph's end is for what comes after; the audio's end has its own, unless the author asked for more. */
const finalPause = (pauseMs: number): number => (pauseMs > NATURAL_PAUSE_MS.paragraph * 2 ? pauseMs : FINAL_PAUSE_MS);
