import { SAMPLE_RATE } from './video/wav.js';

export interface ToneOptions {
  seconds: number;
  sampleRate?: number;
  channels?: number;
  frequency?: number;
}

/** A WAV file, 16-bit PCM, with a tone that begins and ends at once, so that its edges can be found again. */
export function toneWav({ seconds, sampleRate = SAMPLE_RATE, channels = 1, frequency = 440 }: ToneOptions): Buffer {
  const frames = Math.round(seconds * sampleRate);
  const data = Buffer.alloc(frames * channels * 2);
  for (let frame = 0; frame < frames; frame++) {
    const sample = Math.round(12_000 * Math.cos((2 * Math.PI * frequency * frame) / sampleRate));
    for (let channel = 0; channel < channels; channel++) data.writeInt16LE(sample, (frame * channels + channel) * 2);
  }
  return Buffer.concat([wavHeader(data.length, sampleRate, channels), data]);
}

export function wavHeader(dataBytes: number, sampleRate = SAMPLE_RATE, channels = 1): Buffer {
  const header = Buffer.alloc(44);
  header.write('RIFF', 0, 'latin1');
  header.writeUInt32LE((36 + dataBytes) % 2 ** 32, 4);
  header.write('WAVEfmt ', 8, 'latin1');
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20);
  header.writeUInt16LE(channels, 22);
  header.writeUInt32LE(sampleRate, 24);
  header.writeUInt32LE(sampleRate * channels * 2, 28);
  header.writeUInt16LE(channels * 2, 32);
  header.writeUInt16LE(16, 34);
  header.write('data', 36, 'latin1');
  header.writeUInt32LE(dataBytes, 40);
  return header;
}
