import { availableParallelism } from 'node:os';
import { runProgram } from '@tecnocursos/engines';
import { readWav, type Pcm } from '../../audio/wav.js';
import { Semaphore } from '@tecnocursos/nest-kit';

export interface EspeakSettings {
  /** As `espeak-ng -v` takes it. */
  readonly voice: string;
  readonly wordsPerMinute: number;
  /** 0 to 99. */
  readonly pitch: number;
  readonly signal: AbortSignal;
}

/** Speaks a text with espeak-ng's own inline commands in it, and gives the samples. */
export type SpeakWithEspeak = (text: string, settings: EspeakSettings) => Promise<Pcm>;

/** About 50 minutes of audio: more than one batch of text can need. */
const MAX_OUTPUT_BYTES = 128 * 1024 * 1024;

/** espeak-ng as a separate process, no more of them at a time than the machine has cores. */
export function espeakProgram(places = new Semaphore(availableParallelism())): SpeakWithEspeak {
  return async (text, { voice, wordsPerMinute, pitch, signal }) => {
    const args = ['-b', '1', '-v', voice, '-s', String(wordsPerMinute), '-p', String(pitch), '--stdin', '--stdout'];
    const { stdout } = await places.run(() => runProgram('espeak-ng', args, { input: text, signal, maxOutputBytes: MAX_OUTPUT_BYTES }), signal);
    return readWav(stdout);
  };
}
