import { AppError } from '@tecnocursos/contracts';

/** Bytes of a picture that every vendor takes; in base64 a third more. */
export const MAX_PICTURE_BYTES = 5 * 1024 * 1024;

const SIGNATURES: readonly (readonly [mediaType: string, matches: (bytes: Buffer) => boolean])[] = [
  ['image/png', (bytes) => bytes.subarray(0, 8).equals(Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]))],
  ['image/jpeg', (bytes) => bytes.subarray(0, 3).equals(Buffer.from([0xff, 0xd8, 0xff]))],
  ['image/gif', (bytes) => /^GIF8[79]a/.test(bytes.subarray(0, 6).toString('latin1'))],
  ['image/webp', (bytes) => bytes.subarray(0, 4).toString('latin1') === 'RIFF' && bytes.subarray(8, 12).toString('latin1') === 'WEBP'],
];

/** The media type by the picture's first bytes, whatever its name says. @throws AppError `unsupported_media_type`. */
export function pictureType(bytes: Buffer, key: string): string {
  const found = SIGNATURES.find(([, matches]) => matches(bytes));
  if (found) return found[0];
  throw new AppError('unsupported_media_type', `${key} is no PNG, JPEG, WebP or GIF. Convert it to one of these.`);
}
