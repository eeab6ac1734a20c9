import { z } from 'zod';

const integer = (from: number, to: number, fallback: number) => z.coerce.number().int().min(from).max(to).default(fallback);

export const TokensConfigSchema = z.object({
  IDENTITY_TOKEN_ISSUER: z.url().default('https://identity.tecnocursos.example').meta({ description: '`iss` of access tokens: a URL that is this installation\'s own' }),
  IDENTITY_TOKEN_AUDIENCE: z.string().min(1).max(200).default('tecnocursos-api').meta({ description: '`aud` of access tokens' }),
  IDENTITY_ACCESS_TOKEN_S: integer(60, 900, 600).meta({ description: 'seconds that an access token is valid' }),
  IDENTITY_SESSION_IDLE_DAYS: integer(1, 365, 30).meta({ description: 'days without use after which a session is over' }),
  IDENTITY_SESSION_DAYS: integer(1, 365, 90).meta({ description: 'days after which a session is over in any case' }),
  IDENTITY_REFRESH_GRACE_S: integer(0, 120, 30).meta({ description: 'seconds in which a used refresh token gives the same successor again, for an answer that was lost; 0: never' }),
  IDENTITY_JWKS_CACHE_S: integer(1, 86_400, 300).meta({ description: 'seconds that the key set may be cached: a new key signs after it, and not before' }),
  IDENTITY_KEY_ROTATION_DAYS: integer(1, 365, 30).meta({ description: 'days that a key signs before the next one does' }),
});
export type TokensConfig = z.infer<typeof TokensConfigSchema>;
