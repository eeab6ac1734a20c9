import { randomUUID } from 'node:crypto';
import { ATTEMPT_MS, INTERVAL_MS, openChat } from './chain.mjs';
import { USELESS } from './faults.mjs';

const QUESTION = { model: 'standard', messages: [{ role: 'user', content: 'O que é fotossíntese?' }], max_completion_tokens: 60 };
const DEADLINE_MS = 10_000;
const DOWN_DEADLINE_MS = 5_000;
const DOWN_REQUESTS = 25;
/** A vendor that is well is given time: a machine that does much else stalls for longer than a sick vendor is waited for. */
const PATIENT_MS = 8_000;
/** Timers are not exact to the millisecond. */
const TIMER_SLACK_MS = 20;

const callerOf = (deadlineMs) => ({ tenantId: '00000000-0000-4000-8000-000000000001', requestId: randomUUID(), deadline: Date.now() + deadlineMs, signal: new AbortController().signal, mode: 'live' });
const percentile = (values, share) => (values.length === 0 ? 0 : values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.ceil(values.length * share) - 1)]);
const round = (value) => Math.round(value * 100) / 100;

async function ask(chat, deadlineMs) {
  const caller = callerOf(deadlineMs);
  const startedAt = Date.now();
  const started = performance.now();
  const outcome = await chat.complete(QUESTION, caller).then(() => ({}), (error) => ({ error }));
  return { requestId: caller.requestId, startedAt, elapsedMs: performance.now() - started, ...outcome };
}

/** `count` requests, `parallel` at a time. */
async function askAll(chat, count, parallel, deadlineMs) {
  const results = [];
  let left = count;
  await Promise.all(Array.from({ length: parallel }, async () => {
    while (left > 0) {
      left -= 1;
      results.push(await ask(chat, deadlineMs));
    }
  }));
  return results;
}

/** Milliseconds by which a request was slower than the attempt that answered it. */
const addedMs = ({ requestId, elapsedMs }, answered) => Math.max(0, elapsedMs - (answered.get(requestId) ?? 0));

/** Attempts at the sick vendor that began after it was first left alone, and whether two of them were closer than the interval. */
function probesOf(attempts, since) {
  const starts = attempts.filter(({ provider, started_at: at }) => provider === 'openai' && since !== undefined && Date.parse(at) > since).map(({ started_at: at }) => Date.parse(at)).sort((a, b) => a - b);
  const closest = Math.min(...starts.map((at, index) => at - (starts[index - 1] ?? since)));
  return { probes: starts.length, onePerInterval: starts.length === 0 || closest >= INTERVAL_MS - TIMER_SLACK_MS };
}

/** One fault at the primary, with a fallback that is well. */
export async function measureFallback({ primary, fallback, rule, requests, parallel }) {
  await Promise.all([primary.configure('openai', rule), fallback.configure('anthropic')]);
  const opened = openChat({ primaryUrl: primary.url, fallbackUrl: fallback.url, fallbackTimeoutMs: PATIENT_MS, minCalls: Math.min(10, parallel) });
  const results = await askAll(opened.chat, requests, parallel, DEADLINE_MS);
  const since = opened.restingSince();
  const calls = (await primary.calls('openai')) + (await fallback.calls('anthropic'));
  const answered = new Map(opened.attempts.filter(({ outcome }) => outcome === 'ok').map((attempt) => [attempt.request_id, attempt.latency_ms]));
  const afterwards = results.filter(({ startedAt, error }) => since !== undefined && startedAt > since && !error);
  const { probes, onePerInterval } = probesOf(opened.attempts, since);
  await opened.close();
  const first = results.find(({ error }) => error)?.error;
  return {
    fault: rule.fault, success: round(results.filter(({ error }) => !error).length / requests * 10_000) / 10_000, opened: since !== undefined,
    added_p99_ms: round(percentile(afterwards.map((result) => addedMs(result, answered)), 0.99)), measured: afterwards.length,
    amplification: round(calls / requests * 100) / 100, sick_calls: await primary.calls('openai'), probes, one_probe_per_interval: onePerInterval,
    ...(first && { first_error: first.code ?? first.name }),
  };
}

/** The same fault at both: every request must end in time with a typed error that says when to come again. */
export async function measureBothDown({ primary, fallback, rule, parallel }) {
  await Promise.all([primary.configure('openai', rule), fallback.configure('anthropic', rule)]);
  const opened = openChat({ primaryUrl: primary.url, fallbackUrl: fallback.url, fallbackTimeoutMs: ATTEMPT_MS, minCalls: Math.min(10, parallel) });
  const results = await askAll(opened.chat, DOWN_REQUESTS, parallel, DOWN_DEADLINE_MS);
  await opened.close();
  const isTyped = ({ error, elapsedMs }) =>
    (error?.status === 503 || (error?.status === 502 && USELESS.has(rule.fault))) && error.retryAfterS >= 1 && elapsedMs <= DOWN_DEADLINE_MS;
  return { both_down_typed: results.every(isTyped), both_down_slowest_ms: Math.round(Math.max(...results.map(({ elapsedMs }) => elapsedMs))), both_down_codes: [...new Set(results.map(({ error }) => error?.code ?? error?.name ?? 'answered'))] };
}
