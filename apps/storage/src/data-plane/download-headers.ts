import type { ObjectInfo } from '../ports/object-store.port.js';

/** A page that we serve runs its own code and reads its neighbours; nothing leaves it, nothing else frames it. */
const PAGE_POLICY = [
  "default-src 'none'", "media-src 'self' blob:", "img-src 'self' data: blob:", "style-src 'unsafe-inline'", "script-src 'unsafe-inline'",
  "connect-src 'self'", "base-uri 'none'", "form-action 'none'", "frame-ancestors 'self'",
].join('; ');

const LONGEST_CACHE_S = 3_600;

/** Shown by browsers rather than saved. An SVG can run code, so it is not among them; `<img>` shows it all the same. */
const INLINE = /^(video\/|audio\/|image\/(?!svg)|text\/(html|vtt|plain)$)/;

export const entityTag = (info: ObjectInfo): string => `"${info.sha256}"`;

/** Headers of an object, for 200, 206 and 304. `expiresInS`: what remains of the link. */
export function downloadHeaders(info: ObjectInfo, key: string, expiresInS: number): Record<string, string> {
  const type = essence(info.contentType);
  return {
    'etag': entityTag(info),
    'accept-ranges': 'bytes',
    'content-type': withCharset(info.contentType),
    'content-disposition': `${INLINE.test(type) ? 'inline' : 'attachment'}; filename="${key.slice(key.lastIndexOf('/') + 1)}"`,
    'cache-control': `private, max-age=${Math.max(0, Math.min(LONGEST_CACHE_S, expiresInS))}`,
    'x-content-type-options': 'nosniff',
    ...(type === 'text/html' && { 'content-security-policy': PAGE_POLICY, 'referrer-policy': 'no-referrer' }),
  };
}

/** RFC 9110 §13.1.2: any of the tags, compared weakly, or `*`. */
export function matchesEntityTag(header: string | undefined, info: ObjectInfo): boolean {
  if (header === undefined) return false;
  return header.split(',').some((tag) => tag.trim() === '*' || tag.trim().replace(/^W\//, '') === entityTag(info));
}

export const essence = (contentType: string): string => (contentType.split(';')[0] ?? '').trim().toLowerCase();

/** All text that the platform makes is UTF-8; browsers would guess otherwise. */
const withCharset = (contentType: string): string =>
  essence(contentType).startsWith('text/') && !/charset=/i.test(contentType) ? `${contentType}; charset=utf-8` : contentType;
