import { AppError } from '@tecnocursos/contracts';
import { runProgram } from '@tecnocursos/engines';
import { ProviderFailure } from '@tecnocursos/provider-kit';
import { NOTHING_UNMET, type SpokenClip, type UnmetProsody } from '../ports/speech-synthesizer.port.js';
import { toSamples, type Pcm } from './wav.js';

/** Hertz that foreign formats are decoded to: what nearly all voices are made at. */
const DECODED_RATE = 24_000;
/** An hour of it. */
const MAX_BYTES = 3_600 * DECODED_RATE * 2;
/** `atempo` stays good within this factor; larger ones are made of two. */
const TEMPO_LIMIT = 2;

/**
 * Samples of a clip, with what of speed and pitch its provider could not do done here.
 * @throws ProviderFailure `malformed` when the bytes are not audio; AppError `engine_missing`, `canceled`.
 */
export async function decodeClip({ bytes, encoding, unmet }: Pick<SpokenClip, 'bytes' | 'encoding' | 'unmet'>, signal: AbortSignal): Promise<Pcm> {
  if (bytes.length < 2) throw new ProviderFailure('malformed', 'The vendor sent no audio.');
  const rate = encoding.kind === 'pcm' ? encoding.sampleRate : DECODED_RATE;
  if (encoding.kind === 'pcm' && isNothing(unmet)) return { sampleRate: rate, samples: toSamples(bytes) };
  const input = encoding.kind === 'pcm' ? ['-f', 's16le', '-ar', String(rate), '-ac', '1'] : [];
  const filters = prosodyFilters(unmet, rate);
  const shape = [...(filters.length > 0 ? ['-af', filters.join(',')] : []), '-ac', '1', '-ar', String(rate), '-f', 's16le', 'pipe:1'];
  try {
    const { stdout } = await runProgram('ffmpeg', ['-nostdin', '-v', 'error', '-xerror', ...input, '-i', 'pipe:0', ...shape], { input: bytes, signal, maxOutputBytes: MAX_BYTES });
    if (stdout.length < 2) throw new ProviderFailure('malformed', 'The vendor sent audio without sound.');
    return { sampleRate: rate, samples: toSamples(stdout) };
  } catch (error) {
    if (error instanceof AppError && error.code === 'engine_failed') throw new ProviderFailure('malformed', 'The vendor sent something other than audio.', { cause: error });
    throw error;
  }
}

const isNothing = ({ rate, pitch }: UnmetProsody): boolean => rate === NOTHING_UNMET.rate && pitch === NOTHING_UNMET.pitch;

/** Pitch is changed by playing faster at the same length: resampling first, the tempo brought back after. */
function prosodyFilters({ rate, pitch }: UnmetProsody, sampleRate: number): string[] {
  const factor = 2 ** (pitch / 12);
  const shifted = pitch === 0 ? [] : [`aresample=${sampleRate}`, `asetrate=${Math.round(sampleRate * factor)}`, `aresample=${sampleRate}`];
  return [...shifted, ...tempoFilters(rate / factor)];
}

function tempoFilters(tempo: number): string[] {
  if (Math.abs(tempo - 1) < 1e-6) return [];
  if (tempo <= TEMPO_LIMIT && tempo >= 1 / TEMPO_LIMIT) return [`atempo=${tempo.toFixed(6)}`];
  const half = Math.sqrt(tempo).toFixed(6);
  return [`atempo=${half}`, `atempo=${half}`];
}
