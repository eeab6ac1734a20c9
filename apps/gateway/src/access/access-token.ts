import { verify } from 'node:crypto';
import { ACCESS_TOKEN_ALGORITHM, ACCESS_TOKEN_TYPE, AccessTokenClaimsSchema, AppError, type AccessTokenClaims } from '@tecnocursos/contracts';
import { z } from 'zod';
import { type SigningKey, type SigningKeySet } from './signing-key-set.js';

/** Clocks of two machines differ by as much; an expiry gets no such grace. */
const CLOCK_SKEW_S = 5;
const MAX_TOKEN_LENGTH = 4_096;
const FORM = /^(eyJ[A-Za-z0-9_-]+)\.([A-Za-z0-9_-]+)\.([A-Za-z0-9_-]*)$/;

/** What a header may say: algorithm and type are ours and not the token's to choose (RFC 8725 §3.1, §3.11), and no extension is understood. */
const HeaderSchema = z.strictObject({ alg: z.literal(ACCESS_TOKEN_ALGORITHM), typ: z.literal(ACCESS_TOKEN_TYPE), kid: z.string().min(1).max(100) });
const ClaimsSchema = AccessTokenClaimsSchema.extend({ nbf: z.int().optional() });

export const tokenInvalid = (): AppError =>
  new AppError('token_invalid', 'This access token is not valid, has expired, or its session has ended. Refresh it, or sign in again.', {
    issues: [{ field: 'authorization', message: 'Use an access token that is valid.' }],
  });

/** Whether a bearer value means to be a token and not an API key. */
export const looksLikeToken = (value: string): boolean => value.startsWith('eyJ') && value.includes('.');

/** @throws AppError `token_invalid`; `unavailable` or `timeout` when the keys cannot be fetched. */
export async function verifyAccessToken(token: string, keys: SigningKeySet, nowMs: number): Promise<AccessTokenClaims> {
  const [, head = '', body = '', signature = ''] = (token.length <= MAX_TOKEN_LENGTH && FORM.exec(token)) || [];
  const header = HeaderSchema.safeParse(decoded(head));
  const claims = ClaimsSchema.safeParse(decoded(body));
  if (!header.success || !claims.success) throw tokenInvalid();
  const signing = await keys.find(header.data.kid);
  if (!signing || !verify(null, Buffer.from(`${head}.${body}`), signing.key, Buffer.from(signature, 'base64url'))) throw tokenInvalid();
  if (!isInForce(claims.data, signing, nowMs / 1000)) throw tokenInvalid();
  return claims.data;
}

function isInForce({ iss, aud, iat, nbf = iat, exp }: z.output<typeof ClaimsSchema>, { issuer, audience }: SigningKey, now: number): boolean {
  return iss === issuer && [aud].flat().includes(audience) && exp > now && Math.max(iat, nbf) <= now + CLOCK_SKEW_S;
}

function decoded(part: string): unknown {
  try {
    return JSON.parse(Buffer.from(part, 'base64url').toString());
  } catch {
    return undefined;
  }
}
