import type { z } from 'zod';
import { oauthFetch } from './oauth-http.js';

export const TIMEOUT_S = 8;

/** Reads JSON of the vendor's API, or throws. */
export type ReadJson = <S extends z.ZodType>(url: URL, schema: S, headers?: Record<string, string>) => Promise<z.output<S>>;

export const bearer = (token: string): Record<string, string> => ({ authorization: `Bearer ${token}` });

export const readJson: ReadJson = async (url, schema, headers = {}) => {
  // GitHub refuses requests without a user agent.
  const response = await oauthFetch(url.href, { headers: { accept: 'application/json', 'user-agent': 'TecnoCursos', ...headers }, signal: AbortSignal.timeout(TIMEOUT_S * 1000) });
  if (response.ok) return schema.parse(await response.json());
  throw Object.assign(new Error(`The profile was answered with ${response.status}`), { code: 'OAUTH_RESPONSE_IS_NOT_CONFORM', cause: response });
};
