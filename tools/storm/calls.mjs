import { createHmac } from 'node:crypto';

const SHARES = { copies: 0.3, bad: 0.1, moved: 0.2 };
const STALE_S = 3_600;

/** The same sequence for the same seed. */
function numbers(seed) {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

function synthesia(body, { secret, ageS = 0 }) {
  const timestamp = String(Math.floor(Date.now() / 1_000) - ageS);
  return {
    path: '/api/integrations/webhooks/synthesia', body,
    headers: { 'content-type': 'application/json', 'synthesia-timestamp': timestamp, 'synthesia-signature': createHmac('sha256', secret).update(`${timestamp}.${body}`).digest('hex') },
  };
}

const dId = (body, token) => ({ path: `/api/integrations/webhooks/d-id/${token}`, body, headers: { 'content-type': 'application/json' } });

/** Calls that nobody believes. */
export const warmUpOf = (count) => Array.from({ length: count }, (_, index) => (index % 2 === 0 ? synthesia('{}', { secret: 'guessed' }) : dId('{}', 'w'.repeat(43))));

/**
 * Calls of both vendors in turn: six in ten new, three copies of one of them (Synthesia signs each anew), one that is forged, tampered with or stale. A fifth stands
 * out of its order.
 * @param secret of Synthesia's webhook; `references` and `tokens` are our orders at Synthesia and D-ID.
 */
export function stormOf({ calls: total, seed, secret, references, tokens }) {
  const random = numbers(seed);
  const [copies, bad] = [Math.round(total * SHARES.copies), Math.round(total * SHARES.bad)];
  const good = total - copies - bad;
  const bodyOf = (index) => JSON.stringify({ type: 'video.completed', data: { id: `job-${index}`, callbackId: references[index % references.length] }, status: 'done', number: index });
  const goodCall = (index) => (index % 2 === 0 ? synthesia(bodyOf(index), { secret }) : dId(bodyOf(index), tokens[index % tokens.length]));
  const badCall = (index) => {
    const body = bodyOf(good + index);
    switch (index % 4) {
      case 0: return synthesia(body, { secret: 'guessed' });
      case 1: return dId(body, `${'f'.repeat(38)}${String(index).padStart(5, '0')}`);
      case 2: return synthesia(body, { secret, ageS: STALE_S });
      default: return { ...synthesia(body, { secret }), body: body.replace('done', 'fake') };
    }
  };
  const all = [
    ...Array.from({ length: good }, (_, index) => goodCall(index)), ...Array.from({ length: copies }, () => goodCall(Math.floor(random() * good))),
    ...Array.from({ length: bad }, (_, index) => badCall(index)),
  ];
  const swaps = Math.round((total * SHARES.moved) / 2);
  for (let swap = 0; swap < swaps; swap += 1) {
    const [from, to] = [Math.floor(random() * total), Math.floor(random() * total)];
    [all[from], all[to]] = [all[to], all[from]];
  }
  return { calls: all, good, copies, bad, moved: swaps * 2 };
}
