// What our chain adds to a call of a vendor of speech, in turn with the same call without it; and sixty slides at once through the whole service, twice.
import { startChild } from './children.mjs';
import { openSpeech, vendorSettings } from './tts-chain.mjs';
import { startSpeechPlatform } from './tts-platform.mjs';

const WARM_UP = 100;
const CALLS = 400;
const SLIDES = 60;
const CONCURRENCY = 5;
/** Milliseconds of the vendor for a slide: long enough that calls would overlap if they could. */
const SLIDE_MS = 60;
const BOUND_P50_MS = 3;
const median = (numbers) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)];
const round = (number, digits = 2) => Number(number.toFixed(digits));

async function timed(call) {
  const started = performance.now();
  await call();
  return performance.now() - started;
}

async function overhead(url) {
  const speech = await openSpeech(url);
  for (let call = 0; call < WARM_UP; call += 1) await speech.direct().then(speech.chained);
  const [direct, chained] = [[], []];
  for (let call = 0; call < CALLS; call += 1) {
    direct.push(await timed(speech.direct));
    chained.push(await timed(speech.chained));
  }
  const recorded = speech.recorded();
  await speech.close();
  if (recorded !== WARM_UP + CALLS) throw new Error(`The ledger has ${recorded} of ${WARM_UP + CALLS} calls`);
  return { direct_p50_ms: round(median(direct), 3), chain_p50_ms: round(median(chained), 3), overhead_p50_ms: round(median(chained) - median(direct), 3) };
}

async function slides(stub, ask) {
  const platform = await startSpeechPlatform({ ...vendorSettings(stub), ELEVENLABS_CONCURRENCY: String(CONCURRENCY) });
  const run = async () => {
    await ask({ delayMs: SLIDE_MS });
    const started = performance.now();
    const spoken = await Promise.all(Array.from({ length: SLIDES }, (_, index) => platform.speak({ text: `Este é o slide de número ${index + 1}.`, language: 'pt-BR', voice: 'francisca' })));
    const wallMs = Math.round(performance.now() - started);
    const { calls, mostAtWork } = await ask({ delayMs: 0 });
    const others = new Set(spoken.map(({ served_by: { provider } }) => provider).filter((provider) => provider !== 'elevenlabs'));
    return { vendor_calls: calls, most_at_once: mostAtWork, wall_ms: wallMs, other_providers: [...others] };
  };
  try {
    return { first: await run(), second: await run() };
  } finally {
    await platform.stop();
  }
}

export async function run({ say }) {
  const { child, ready, stop } = await startChild('tts-stub.mjs', []);
  const ask = (message) => new Promise((resolve) => {
    child.once('message', resolve);
    child.send(message);
  });
  try {
    const times = await overhead(ready.url);
    say(`one utterance: ${times.direct_p50_ms} ms without the chain, ${times.chain_p50_ms} ms with it: ${times.overhead_p50_ms} ms more at p50 (at most ${BOUND_P50_MS})`);
    const { first, second } = await slides(ready.url, ask);
    say(`${SLIDES} slides at once: ${first.vendor_calls} calls, ${first.most_at_once} at the same time (limit ${CONCURRENCY}), ${first.wall_ms} ms; again: ${second.vendor_calls} calls, ${second.wall_ms} ms`);
    const ok = times.overhead_p50_ms <= BOUND_P50_MS && first.vendor_calls === SLIDES && first.most_at_once === CONCURRENCY && second.vendor_calls === 0;
    return { ...times, bound_p50_ms: BOUND_P50_MS, slides: SLIDES, concurrency: CONCURRENCY, first, second, ok };
  } finally {
    await stop();
  }
}
