import { timingSafeEqual } from 'node:crypto';
import { AppError } from '@tecnocursos/contracts';

const NAME = 'tc_login';
/** As long as identity keeps the transaction. */
const MAX_AGE_S = 600;

/** Binds a social login to the browser that began it (RFC 9700 §4.7); it is no credential, and lives as long as the login takes. */
export function loginCookie(state: string, publicUrl: string): string {
  return `${NAME}=${state}; Path=/api/auth; Max-Age=${MAX_AGE_S}; HttpOnly; SameSite=Lax${publicUrl.startsWith('https:') ? '; Secure' : ''}`;
}

export const endedLoginCookie = `${NAME}=; Path=/api/auth; Max-Age=0; HttpOnly; SameSite=Lax`;

/** @throws AppError `link_invalid` when another browser, or none, began this login. */
export function requireLoginCookie(header: string | undefined, state: string): void {
  const expected = Buffer.from(state);
  const isSame = (header ?? '').split(';').some((part) => {
    const [name = '', value = ''] = part.trim().split('=', 2);
    const given = Buffer.from(value);
    return name === NAME && given.length === expected.length && timingSafeEqual(given, expected);
  });
  if (!isSame) throw new AppError('link_invalid', 'This login was begun in another browser, or too long ago. Begin it again.');
}
