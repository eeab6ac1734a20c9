import { characterTimes } from '../../speech/character-times.js';
import { SPOKEN_RATE, speak, type SpeechSegment } from '../../speech/speech-engine.js';
import type { SpeechOrder } from './elevenlabs.request.js';

const BREAK = /<break\s+time\s*=\s*"(\d+(?:\.\d+)?)(ms|s)"\s*\/>/g;
const LONGEST_BREAK_MS = 3_000;

export interface Alignment {
  readonly characters: string[];
  readonly character_start_times_seconds: number[];
  readonly character_end_times_seconds: number[];
}

interface Piece extends SpeechSegment {
  /** The text and, after it, the tag as they were written. */
  readonly written: string;
  readonly tag: string;
}

/** Speaks an order, and tells when each of its characters is heard; the characters of a tag lie in its pause. */
export async function speakOrder({ text, model, speed, language, voice }: SpeechOrder, signal: AbortSignal): Promise<{ samples: Int16Array; alignment: Alignment }> {
  const pieces = piecesOf(text, model.breaks, speed);
  const speaker = { language: language.startsWith('pt') ? 'pt' : 'en', gender: voice.labels.gender === 'male' ? 'male' : 'female', variant: voice.voice_id.charCodeAt(5) } as const;
  const { samples, segments } = await speak(pieces, speaker, signal);
  const alignment: Alignment = { characters: [], character_start_times_seconds: [], character_end_times_seconds: [] };
  pieces.forEach(({ written, tag }, index) => {
    const segment = segments[index];
    if (!segment) return;
    const characters = [...written];
    const times = characterTimes(characters, segment);
    characters.forEach((character, at) => add(alignment, character, times[at] ?? 0, times[at + 1] ?? 0));
    const [from, to] = [segment.soundEnd / SPOKEN_RATE, segment.end / SPOKEN_RATE];
    [...tag].forEach((character, at, all) => add(alignment, character, from + ((to - from) * at) / all.length, from + ((to - from) * (at + 1)) / all.length));
  });
  return { samples, alignment };
}

function add(alignment: Alignment, character: string, start: number, end: number): void {
  alignment.characters.push(character);
  alignment.character_start_times_seconds.push(Number(start.toFixed(3)));
  alignment.character_end_times_seconds.push(Number(end.toFixed(3)));
}

function piecesOf(text: string, knowsBreaks: boolean, speed: number): Piece[] {
  const pieces: Piece[] = [];
  let from = 0;
  for (const match of knowsBreaks ? text.matchAll(BREAK) : []) {
    const written = text.slice(from, match.index);
    const milliseconds = Number(match[1]) * (match[2] === 's' ? 1_000 : 1);
    pieces.push({ text: written, written, tag: match[0], pauseMs: Math.min(LONGEST_BREAK_MS, milliseconds), speed });
    from = match.index + match[0].length;
  }
  const written = text.slice(from);
  return [...pieces, { text: knowsBreaks ? written : written.replaceAll(/<[^>]*>/g, ' '), written, tag: '', pauseMs: 0, speed }];
}
