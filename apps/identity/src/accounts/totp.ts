import { randomBytes } from 'node:crypto';
import { Secret, TOTP } from 'otpauth';

/** What every authenticator app knows (RFC 6238): SHA-1, six digits, 30 s. */
const FORM = { algorithm: 'SHA1', digits: 6, period: 30 } as const;
/** Steps that a clock may be off. */
const WINDOW = 1;
const SECRET_BYTES = 20;
const RECOVERY_CODES = 10;
const RECOVERY_BYTES = 10;

export const newTotpSecret = (): string => new Secret({ size: SECRET_BYTES }).base32;

const totpOf = (secret: string, label = 'account', issuer = ''): TOTP => new TOTP({ ...FORM, secret: Secret.fromBase32(secret), label, issuer });

export const totpUri = (secret: string, label: string, issuer: string): string => totpOf(secret, label, issuer).toString();

/** The code of a moment, for tests and tools. */
export const totpCode = (secret: string, at: Date): string => totpOf(secret).generate({ timestamp: at.getTime() });

/** Number of the 30 s step that a code belongs to; null when it is none of the last, this or the next one. */
export function totpStep(secret: string, code: string, at: Date): number | null {
  const delta = totpOf(secret).validate({ token: code, timestamp: at.getTime(), window: WINDOW });
  return delta === null ? null : Math.floor(at.getTime() / 1000 / FORM.period) + delta;
}

/** 80 bits each, in four groups of Crockford's base 32: no letter looks like a digit. */
export const newRecoveryCodes = (): string[] => Array.from({ length: RECOVERY_CODES }, () => crockford(randomBytes(RECOVERY_BYTES)).replace(/(.{4})(?=.)/g, '$1-'));

const CROCKFORD = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

function crockford(bytes: Buffer): string {
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, '0')).join('');
  return (bits.match(/.{5}/g) ?? []).map((group) => CROCKFORD[Number.parseInt(group, 2)] ?? '').join('');
}

/** However it was typed: case, spaces, dashes, `O` for zero and `I` or `L` for one. */
export const normalizeRecoveryCode = (code: string): string => code.toUpperCase().replaceAll(/[\s-]/g, '').replaceAll('O', '0').replaceAll(/[IL]/g, '1');
