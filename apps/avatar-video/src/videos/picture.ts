import { AppError } from '@tecnocursos/contracts';
import sharp from 'sharp';
import type { MediaFile } from '../ports/avatar-renderer.port.js';

export const PICTURE_LIMIT_BYTES = 20 * 1024 * 1024;
const PIXEL_LIMIT = 40_000_000;
const FORMATS = new Set(['png', 'jpeg', 'webp']);

/** A picture whose bytes others gave us, drawn anew as a PNG or JPEG that every vendor takes. @throws AppError `unsupported_media_type` that names the field. */
export async function normalizedPicture(bytes: Buffer, field: string, size: { width: number; height: number }): Promise<MediaFile> {
  try {
    const picture = sharp(bytes, { limitInputPixels: PIXEL_LIMIT, failOn: 'error' });
    const { format } = await picture.metadata();
    if (!FORMATS.has(format)) throw new Error(format);
    const drawn = await picture.rotate().resize({ ...size, fit: 'cover' }).jpeg({ quality: 90 }).toBuffer();
    return { bytes: drawn, contentType: 'image/jpeg' };
  } catch (cause) {
    const message = 'Use a PNG, JPEG or WebP of at most 40 megapixels.';
    throw new AppError('unsupported_media_type', `${field}: ${message}`, { issues: [{ field, message }], cause });
  }
}
