import { BitReader, BitWriter } from './bits.js';

/** Kinds of NAL units (ITU-T H.264, table 7-1). */
export const NAL = { slice: 1, idr: 5, sequenceParameters: 7, pictureParameters: 8 } as const;
const START_CODE = Uint8Array.of(0, 0, 0, 1);
const REFERENCE_SLICE = (2 << 5) | NAL.slice;
const P_SLICES_ONLY = 5;

export const nalKind = (nal: Uint8Array): number => (nal[0] ?? 0) & 0x1f;

/** NAL units of a byte stream, without start codes (annex B). */
export function splitStream(stream: Buffer): Buffer[] {
  const starts: number[] = [];
  for (let at = stream.indexOf('000001', 0, 'hex'); at >= 0; at = stream.indexOf('000001', at + 3, 'hex')) starts.push(at);
  return starts.map((start, index) => {
    const next = starts[index + 1];
    const end = next === undefined ? stream.length : stream[next - 1] === 0 ? next - 1 : next;
    return stream.subarray(start + 3, end);
  });
}

export const withStartCode = (nal: Uint8Array): Buffer => Buffer.concat([START_CODE, nal]);

/** What a slice header and an empty slice depend on. */
export interface StreamParameters {
  pictureParametersId: number;
  frameNumberBits: number;
  macroblocks: number;
  deblockingControl: boolean;
  redundantCount: boolean;
}

/** @throws Error for a stream with what we never ask the encoder for: CABAC, fields, weighted prediction, other picture orders. */
export function readParameters(sequence: Uint8Array, picture: Uint8Array): StreamParameters {
  return { ...readSequence(new BitReader(unescaped(sequence.subarray(1)))), ...readPicture(new BitReader(unescaped(picture.subarray(1)))) };
}

/** 7.3.2.1.1 */
function readSequence(reader: BitReader): Pick<StreamParameters, 'frameNumberBits' | 'macroblocks'> {
  expect(reader.bits(8), 100, 'profile');
  reader.bits(16);
  reader.unsigned();
  expect(reader.unsigned(), 1, 'chroma format');
  reader.unsigned();
  reader.unsigned();
  reader.bit();
  expect(reader.bit(), 0, 'scaling matrix');
  const frameNumberBits = reader.unsigned() + 4;
  expect(reader.unsigned(), 2, 'picture order');
  if (reader.unsigned() < 1) throw new Error('No reference pictures in the H.264 stream');
  reader.bit();
  const macroblocks = (reader.unsigned() + 1) * (reader.unsigned() + 1);
  expect(reader.bit(), 1, 'frames only');
  return { frameNumberBits, macroblocks };
}

/** 7.3.2.2 */
function readPicture(reader: BitReader): Pick<StreamParameters, 'pictureParametersId' | 'deblockingControl' | 'redundantCount'> {
  const pictureParametersId = reader.unsigned();
  reader.unsigned();
  expect(reader.bit(), 0, 'entropy coding');
  reader.bit();
  expect(reader.unsigned(), 0, 'slice groups');
  reader.unsigned();
  reader.unsigned();
  expect(reader.bit(), 0, 'weighted prediction');
  reader.bits(2);
  reader.signed();
  reader.signed();
  reader.signed();
  const deblockingControl = reader.bit() === 1;
  reader.bit();
  return { pictureParametersId, deblockingControl, redundantCount: reader.bit() === 1 };
}

function expect(found: number, wanted: number, what: string): void {
  if (found !== wanted) throw new Error(`Unexpected ${what} in the H.264 stream: ${found}, not ${wanted}`);
}

/**
 * A picture that is the one before it: a P slice all of whose macroblocks are skipped (7.3.3, 7.3.4). Some ten bytes.
 * `sinceKeyframe` counts the pictures since the last IDR picture, from 1.
 */
export function repeatPicture(parameters: StreamParameters, sinceKeyframe: number): Uint8Array {
  const writer = new BitWriter()
    .unsigned(0) // first_mb_in_slice
    .unsigned(P_SLICES_ONLY)
    .unsigned(parameters.pictureParametersId)
    .bits(sinceKeyframe % 2 ** parameters.frameNumberBits, parameters.frameNumberBits);
  if (parameters.redundantCount) writer.unsigned(0);
  writer
    .bits(1, 1) // num_ref_idx_active_override_flag: one reference
    .unsigned(0)
    .bits(0, 1) // ref_pic_list_modification_flag_l0
    .bits(0, 1) // adaptive_ref_pic_marking_mode_flag
    .unsigned(0); // slice_qp_delta
  if (parameters.deblockingControl) writer.unsigned(1); // disable_deblocking_filter_idc
  writer.unsigned(parameters.macroblocks); // mb_skip_run
  return Uint8Array.of(REFERENCE_SLICE, ...escaped(writer.bytes()));
}

/** Takes the bytes out that keep start codes from appearing (7.4.1). */
function unescaped(bytes: Uint8Array): Uint8Array {
  return Uint8Array.from(bytes).filter((byte, index) => !(byte === 3 && index >= 2 && bytes[index - 1] === 0 && bytes[index - 2] === 0));
}

function escaped(bytes: Uint8Array): number[] {
  const result: number[] = [];
  for (const byte of bytes) {
    if (byte <= 3 && result.at(-1) === 0 && result.at(-2) === 0) result.push(3);
    result.push(byte);
  }
  return result;
}
