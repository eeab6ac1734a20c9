import { Agent, fetch as fetchWith } from 'undici';

/** Answers of login providers are small; what is not is refused while it arrives. Milliseconds and bytes. */
const agent = new Agent({ connect: { timeout: 5_000 }, headersTimeout: 8_000, bodyTimeout: 8_000, maxResponseSize: 1024 * 1024, connections: 16 });

export type OAuthFetch = (url: string, options: object) => Promise<Response>;

/** Follows no redirects: a token request must not end where nobody sent it. */
export const oauthFetch: OAuthFetch = async (url, options) =>
  (await fetchWith(url, { ...options, redirect: 'manual', dispatcher: agent })) as unknown as Response;
