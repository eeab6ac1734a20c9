import type { FastifyReply } from 'fastify';
import type { RatePolicy, RateVerdict } from './rate-window.js';

const WINDOW_S = 60;
const policies = new Map<RatePolicy, string>();

/** As the IETF draft has it (draft-ietf-httpapi-ratelimit-headers-10), and as clients know it from before. */
export function writeRateHeaders(reply: FastifyReply, { policy, remaining, resetS }: RateVerdict): void {
  reply.headers({
    ratelimit: `"${policy.name}";r=${remaining};t=${resetS}`,
    'ratelimit-policy': policyText(policy),
    'ratelimit-limit': policy.perMinute,
    'ratelimit-remaining': remaining,
    'ratelimit-reset': resetS,
  });
}

function policyText(policy: RatePolicy): string {
  const known = policies.get(policy);
  if (known !== undefined) return known;
  const text = `"${policy.name}";q=${policy.perMinute};w=${WINDOW_S}`;
  policies.set(policy, text);
  return text;
}

export const RATE_HEADER_NAMES = ['ratelimit', 'ratelimit-policy', 'ratelimit-limit', 'ratelimit-remaining', 'ratelimit-reset'];
