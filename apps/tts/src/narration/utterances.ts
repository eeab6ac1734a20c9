import type { SpeechOrder, Utterance } from '../ports/speech-synthesizer.port.js';
import type { DividedScript } from '../ssml/divide-script.js';
import { wordsOf, type SpeechScript } from '../ssml/speech-script.js';

/** Enough for a voice to carry its intonation on, and little to send. */
const CONTEXT_CHARACTERS = 200;

/** The calls that an order is spoken by, each with what is heard around it. */
export function utterancesOf(order: SpeechOrder, { parts }: DividedScript): Utterance[] {
  const texts = parts.map(({ script }) => textOf(script));
  return parts.map(({ script }, index) => {
    const before = texts[index - 1]?.slice(-CONTEXT_CHARACTERS);
    const after = texts[index + 1]?.slice(0, CONTEXT_CHARACTERS);
    return { ...order, script, ...(before && { before }), ...(after && { after }) };
  });
}

const textOf = ({ sentences }: SpeechScript): string => sentences.flatMap((sentence) => wordsOf(sentence).map(({ spoken }) => spoken)).join(' ');
