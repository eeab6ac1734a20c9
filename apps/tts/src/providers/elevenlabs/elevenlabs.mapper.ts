import { NOTHING_UNMET, type SpokenClip, type UnmetProsody, type Utterance, type WordMark } from '../../ports/speech-synthesizer.port.js';
import { renderPlain } from '../../ssml/render/render-plain.js';
import type { RenderedText } from '../../ssml/render/rendered-text.js';
import { elevenLabsModel } from './elevenlabs.models.js';

/** Hertz; raw samples spare a decoder, and every plan may have them at this rate. */
export const ELEVENLABS_RATE = 24_000;
const SPEED = { low: 0.7, high: 1.2 };
const LANGUAGE_CODES = { 'pt-BR': 'pt', en: 'en' } as const;

export interface VoiceSettings {
  speed: number;
  stability?: number;
  similarityBoost?: number;
}

export interface ElevenLabsRequest {
  text: string;
  modelId: string;
  languageCode?: string;
  voiceSettings: VoiceSettings;
  previousText?: string;
  nextText?: string;
}

export interface MappedRequest {
  readonly body: ElevenLabsRequest;
  readonly rendered: RenderedText;
  readonly unmet: UnmetProsody;
  readonly warnings: readonly string[];
}

export function toElevenLabs(utterance: Utterance): MappedRequest {
  const model = elevenLabsModel(utterance.model);
  const warnings: string[] = [];
  const rendered = renderPlain(utterance.script, {
    vendor: 'ElevenLabs', clean: withoutTags, ...(model.knowsBreaks && { pause: (milliseconds) => `<break time="${(milliseconds / 1_000).toFixed(2)}s" />` }),
  });
  const speed = Math.min(SPEED.high, Math.max(SPEED.low, utterance.rate));
  const stability = stabilityOf(utterance.stability, model.stabilitySteps, warnings);
  return {
    rendered,
    unmet: { rate: speed === utterance.rate ? NOTHING_UNMET.rate : utterance.rate / speed, pitch: utterance.pitch },
    warnings: [...rendered.warnings, ...warnings],
    body: {
      text: rendered.text,
      modelId: utterance.model,
      // eleven_multilingual_v2 finds the language itself and refuses to be told.
      ...(utterance.model !== 'eleven_multilingual_v2' && { languageCode: LANGUAGE_CODES[utterance.language] }),
      voiceSettings: { speed, ...(stability !== undefined && { stability }), ...(utterance.similarity !== undefined && { similarityBoost: utterance.similarity }) },
      ...(model.takesContext && utterance.before !== undefined && { previousText: utterance.before }),
      ...(model.takesContext && utterance.after !== undefined && { nextText: utterance.after }),
    },
  };
}

/** Square and angle brackets are commands to some models. */
const withoutTags = (spoken: string): string => spoken.replaceAll(/[<>[\]]/g, '');

function stabilityOf(asked: number | undefined, steps: readonly number[] | undefined, warnings: string[]): number | undefined {
  if (asked === undefined || !steps) return asked;
  const nearest = steps.reduce((best, step) => (Math.abs(step - asked) < Math.abs(best - asked) ? step : best));
  if (nearest !== asked) warnings.push(`The stability ${asked} was brought to ${nearest}: this model takes ${steps.join(', ')} only.`);
  return nearest;
}

interface Alignment {
  readonly characters: readonly string[];
  readonly characterStartTimesSeconds: readonly number[];
  readonly characterEndTimesSeconds: readonly number[];
}

/** Times of words out of the times of characters; undefined when the characters are not those that were sent. */
export function marksOf({ text, places }: RenderedText, alignment: Alignment | undefined): readonly WordMark[] | undefined {
  if (!alignment || alignment.characters.join('') !== text) return undefined;
  const positions = characterPositions(alignment.characters);
  return places.flatMap(({ start, end }, word) => {
    const first = positions.get(start);
    const last = lastWithin(positions, start, end);
    const startS = first === undefined ? undefined : alignment.characterStartTimesSeconds[first];
    const endS = last === undefined ? undefined : alignment.characterEndTimesSeconds[last];
    return startS === undefined || endS === undefined || endS < startS ? [] : [{ word, startMs: startS * 1_000, endMs: endS * 1_000 }];
  });
}

/** Index of the character that begins at each position: one entry of the alignment may have two UTF-16 units. */
function characterPositions(characters: readonly string[]): ReadonlyMap<number, number> {
  const positions = new Map<number, number>();
  let offset = 0;
  characters.forEach((character, index) => {
    positions.set(offset, index);
    offset += character.length;
  });
  return positions;
}

function lastWithin(positions: ReadonlyMap<number, number>, start: number, end: number): number | undefined {
  for (let position = end - 1; position >= start; position -= 1) {
    const index = positions.get(position);
    if (index !== undefined) return index;
  }
  return undefined;
}

export const clipOf = (mapped: MappedRequest, bytes: Buffer, alignment: Alignment | undefined): SpokenClip => {
  const marks = marksOf(mapped.rendered, alignment);
  return {
    kind: 'clip', bytes, encoding: { kind: 'pcm', sampleRate: ELEVENLABS_RATE }, unmet: mapped.unmet, warnings: mapped.warnings,
    usage: { characters: [...mapped.body.text].length }, ...(marks && { marks }),
  };
};
