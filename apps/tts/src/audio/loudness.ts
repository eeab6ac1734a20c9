const FULL_SCALE = 32_768;
/** RMS of the speech itself, pauses left out, at which these voices measure about -18 LUFS. */
const TARGET_RMS = 10 ** (-17.7 / 20) * FULL_SCALE;
const MAX_GAIN = 8;
const GATE = 0.05;
/** From here on peaks are bent instead of cut. */
const KNEE = 0.6;
/** -1.5 dB, so that lossy encoders, which overshoot, do not clip either. */
const CEILING = 0.84;
const KNEE_SAMPLE = KNEE * FULL_SCALE;
const BLOCK_MS = 50;

/** The factor that brings speech to the loudness that all our voices share; 1 for silence. */
export function loudnessGain(samples: Int16Array, sampleRate: number): number {
  const block = Math.round((sampleRate * BLOCK_MS) / 1_000);
  const powers: number[] = [];
  for (let start = 0; start + block <= samples.length; start += block) powers.push(meanSquare(samples, start, start + block));
  const loudest = Math.max(0, ...powers);
  const speech = powers.filter((power) => power > loudest * GATE * GATE);
  if (loudest === 0 || speech.length === 0) return 1;
  const rms = Math.sqrt(speech.reduce((sum, power) => sum + power, 0) / speech.length);
  return Math.min(MAX_GAIN, TARGET_RMS / rms);
}

function meanSquare(samples: Int16Array, start: number, end: number): number {
  let sum = 0;
  for (let index = start; index < end; index += 1) {
    const sample = samples[index] ?? 0;
    sum += sample * sample;
  }
  return sum / (end - start);
}

/** A sample after a gain: straight up to the knee, then bent so that it never passes the ceiling. */
export function softLimit(sample: number): number {
  if (sample < KNEE_SAMPLE && sample > -KNEE_SAMPLE) return sample;
  const level = Math.abs(sample) / FULL_SCALE;
  return Math.sign(sample) * FULL_SCALE * (KNEE + (CEILING - KNEE) * Math.tanh((level - KNEE) / (CEILING - KNEE)));
}
