import { NAL, nalKind, readParameters, repeatPicture, splitStream, withStartCode, type StreamParameters } from './h264.js';

/** A keyframe at least so often, in frames: ten seconds. A jump into a long slide decodes no more than that. */
const KEYFRAME_DISTANCE = 250;

/**
 * Takes a stream of one keyframe per still, and shows each for its number of frames: between keyframes stand pictures that say "the same
 * again". They cost some ten bytes and no encoding, so that a video of stills has a full constant frame rate for the price of its stills.
 * @param clips streams that stand in place of stills, by index, encoded by the same settings.
 * @throws Error when the stream, or a clip, is not what we ask the encoder for.
 */
export function extendStills(stream: Buffer, frameCounts: readonly number[], clips: ReadonlyMap<number, Buffer> = new Map()): Buffer[] {
  const { parameters, keyframes, heads } = readStills(stream);
  for (const clip of clips.values()) if (!clip.includes(heads)) throw new Error('A clip has other parameters than the stills');
  if (keyframes.length !== frameCounts.length) throw new Error(`The stream has ${keyframes.length} stills, not ${frameCounts.length}`);
  const repeats = Array.from({ length: KEYFRAME_DISTANCE - 1 }, (_, index) => withStartCode(repeatPicture(parameters, index + 1)));
  return keyframes.flatMap((keyframe, index) => {
    const clip = clips.get(index);
    if (clip) return [clip];
    const pictures: Buffer[] = [];
    for (let left = frameCounts[index] ?? 0; left > 0; left -= KEYFRAME_DISTANCE) {
      pictures.push(keyframe, ...repeats.slice(0, Math.min(left, KEYFRAME_DISTANCE) - 1));
    }
    return pictures;
  });
}

interface Stills {
  parameters: StreamParameters;
  /** Each with its parameter sets, so that decoding can begin at any of them. */
  keyframes: Buffer[];
  /** The parameter sets, with start codes. */
  heads: Buffer;
}

function readStills(stream: Buffer): Stills {
  const nals = splitStream(stream);
  const sequence = nals.find((nal) => nalKind(nal) === NAL.sequenceParameters);
  const picture = nals.find((nal) => nalKind(nal) === NAL.pictureParameters);
  if (!sequence || !picture) throw new Error('The stream has no parameters');
  if (nals.some((nal) => nalKind(nal) === NAL.slice)) throw new Error('The stream has pictures that are not keyframes');
  const heads = Buffer.concat([withStartCode(sequence), withStartCode(picture)]);
  const keyframes = nals.filter((nal) => nalKind(nal) === NAL.idr).map((nal) => Buffer.concat([heads, withStartCode(nal)]));
  return { parameters: readParameters(sequence, picture), keyframes, heads };
}
