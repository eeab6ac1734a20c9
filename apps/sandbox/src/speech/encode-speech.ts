import { runProgram } from '@tecnocursos/engines';
import { SPOKEN_RATE } from './speech-engine.js';

export type Codec = 'pcm' | 'wav' | 'mp3' | 'opus' | 'webm' | 'vorbis' | 'mulaw' | 'alaw' | 'wav-mulaw' | 'wav-alaw';

export interface SpeechEncoding {
  readonly codec: Codec;
  /** Hertz. */
  readonly sampleRate: number;
  /** Kilobits a second, of lossy codecs. */
  readonly bitrate?: number;
}

const ARGUMENTS: Readonly<Record<Exclude<Codec, 'pcm' | 'wav'>, readonly string[]>> = {
  mp3: ['-c:a', 'libmp3lame', '-f', 'mp3'],
  opus: ['-c:a', 'libopus', '-f', 'ogg'],
  webm: ['-c:a', 'libopus', '-f', 'webm'],
  vorbis: ['-c:a', 'libvorbis', '-f', 'ogg'],
  mulaw: ['-c:a', 'pcm_mulaw', '-f', 'mulaw'],
  alaw: ['-c:a', 'pcm_alaw', '-f', 'alaw'],
  'wav-mulaw': ['-c:a', 'pcm_mulaw', '-f', 'wav'],
  'wav-alaw': ['-c:a', 'pcm_alaw', '-f', 'wav'],
};
const OPUS_RATES = [8_000, 12_000, 16_000, 24_000, 48_000];

/** Samples at `SPOKEN_RATE` as the vendor would send them. */
export async function encodeSpeech(samples: Int16Array, { codec, sampleRate, bitrate }: SpeechEncoding, signal: AbortSignal): Promise<Buffer> {
  if (codec === 'pcm') return bytesOf(resample(samples, sampleRate));
  if (codec === 'wav') return wavOf(resample(samples, sampleRate), sampleRate);
  const rate = codec === 'opus' || codec === 'webm' ? (OPUS_RATES.find((known) => known >= sampleRate) ?? 48_000) : sampleRate;
  const input = ['-nostdin', '-v', 'error', '-f', 's16le', '-ar', String(SPOKEN_RATE), '-ac', '1', '-i', 'pipe:0'];
  const output = ['-map_metadata', '-1', '-ar', String(rate), '-ac', '1', ...(bitrate === undefined ? [] : ['-b:a', `${bitrate}k`]), ...ARGUMENTS[codec], 'pipe:1'];
  return (await runProgram('ffmpeg', [...input, ...output], { input: bytesOf(samples), signal })).stdout;
}

/** Linear between neighbours: good enough for a voice that is synthetic anyway. */
function resample(samples: Int16Array, sampleRate: number): Int16Array {
  if (sampleRate === SPOKEN_RATE || samples.length === 0) return samples;
  const step = SPOKEN_RATE / sampleRate;
  const resampled = new Int16Array(Math.floor(samples.length / step));
  const { floor } = Math; // looked up once for millions of samples
  for (let index = 0; index < resampled.length; index += 1) {
    const at = index * step;
    const left = floor(at);
    const from = samples[left] ?? 0;
    resampled[index] = from + ((samples[left + 1] ?? from) - from) * (at - left);
  }
  return resampled;
}

const bytesOf = (samples: Int16Array): Buffer => Buffer.from(samples.buffer, samples.byteOffset, samples.byteLength);

function wavOf(samples: Int16Array, sampleRate: number): Buffer {
  const data = bytesOf(samples);
  const header = Buffer.alloc(44);
  header.write('RIFF', 0, 'latin1');
  header.writeUInt32LE(36 + data.length, 4);
  header.write('WAVEfmt ', 8, 'latin1');
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20);
  header.writeUInt16LE(1, 22);
  header.writeUInt32LE(sampleRate, 24);
  header.writeUInt32LE(sampleRate * 2, 28);
  header.writeUInt16LE(2, 32);
  header.writeUInt16LE(16, 34);
  header.write('data', 36, 'latin1');
  header.writeUInt32LE(data.length, 40);
  return Buffer.concat([header, data]);
}

/** Bytes in pieces, as a stream sends them. */
export async function* inPieces(bytes: Buffer, size = 4_096): AsyncGenerator<Buffer> {
  for (let start = 0; start < bytes.length; start += size) {
    yield bytes.subarray(start, start + size);
    await new Promise((resolve) => setImmediate(resolve));
  }
}
