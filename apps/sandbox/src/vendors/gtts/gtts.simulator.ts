import type { SimulatedRequest, SimulatedResponse, VendorSimulator, WordedFault } from '../../simulator/vendor-simulator.js';
import { encodeSpeech } from '../../speech/encode-speech.js';
import { speak } from '../../speech/speech-engine.js';

const PROCEDURE = 'jQ1olc';
const LIMIT = 100;
const LANGUAGES = new Set(['pt', 'pt-BR', 'pt-PT', 'en', 'en-US', 'en-GB']);
const SLOW = 0.65;
const FORMAT = { codec: 'mp3', sampleRate: 24_000, bitrate: 64 } as const;
const HTML = { 'content-type': 'text/html; charset=utf-8' };

/** The speaking part of Google Translate's web page. There is no document of it; this is what gTTS 2.5.4 sends and reads. */
export function gttsSimulator(): VendorSimulator {
  return {
    id: 'gtts',
    title: 'Google Translate (unofficial)',
    operations: [{ name: 'speech.translate', method: 'POST', path: '/_/TranslateWebserverUi/data/batchexecute', latency: { p50: 180, p99: 1_500 }, handle: (request) => execute(request) }],
    plausibleFaults: [{ fault: 'rate_limited', weight: 70 }, { fault: 'unauthorized', weight: 10 }, { fault: 'unavailable', weight: 10 }, { fault: 'connection_reset', weight: 10 }],
    authenticate: () => undefined,
    fail: (fault) => fail(fault),
    unrouted: () => ({ status: 404, headers: HTML, body: '<html><title>Error 404 (Not Found)!!1</title></html>' }),
  };
}

async function execute({ body, headers, signal }: SimulatedRequest): Promise<SimulatedResponse> {
  if (!/^application\/x-www-form-urlencoded/i.test(headers['content-type'] ?? '')) return { status: 415, headers: HTML, body: '<html><title>Error 415</title></html>' };
  const parameters = readParameters(new URLSearchParams(body.toString('utf8')).get('f.req'));
  if (!parameters) return { status: 400, headers: HTML, body: '<html><title>Error 400 (Bad Request)!!1</title></html>' };
  const { text, language, isSlow } = parameters;
  if (text.trim() === '' || text.length > LIMIT || !LANGUAGES.has(language)) return answer(null);
  const { samples } = await speak([{ text, pauseMs: 0, speed: isSlow ? SLOW : 1 }], { language: language.startsWith('pt') ? 'pt' : 'en', gender: 'female', variant: 1 }, signal);
  return answer(samples.length === 0 ? null : JSON.stringify([(await encodeSpeech(samples, FORMAT, signal)).toString('base64')]));
}

function readParameters(request: string | null): { text: string; language: string; isSlow: boolean } | undefined {
  try {
    const [[[name, inner]]] = JSON.parse(request ?? '') as [[[unknown, unknown]]];
    const [text, language, slow] = JSON.parse(String(inner)) as unknown[];
    return name === PROCEDURE && typeof text === 'string' && typeof language === 'string' ? { text, language, isSlow: slow === true } : undefined;
  } catch {
    return undefined;
  }
}

/** Lines of JSON, each after the number of its characters. */
function answer(result: string | null): SimulatedResponse {
  const lines = [JSON.stringify([['wrb.fr', PROCEDURE, result, null, null, result === null ? [3] : null, 'generic']]), JSON.stringify([['di', 42], ['af.httprm', 41, '-5318212467', 18]]), JSON.stringify([['e', 4, null, null, 120]])];
  return { status: 200, headers: { 'content-type': 'application/json; charset=utf-8' }, body: `)]}'\n\n${lines.map((line) => `${line.length + 1}\n${line}\n`).join('')}` };
}

function fail(fault: WordedFault): SimulatedResponse {
  switch (fault) {
    case 'unauthorized':
      return { status: 403, headers: HTML, body: '<html><title>403 Forbidden</title></html>' };
    case 'quota_exhausted':
    case 'rate_limited':
      return { status: 429, headers: HTML, body: '<html><title>Sorry...</title><body>We are sorry, but your computer or network may be sending automated queries.</body></html>' };
    case 'server_error':
      return { status: 500, headers: HTML, body: '<html><title>Error 500 (Server Error)!!1</title></html>' };
    case 'unavailable':
      return { status: 503, headers: HTML, body: '<html><title>Error 503</title></html>' };
    case 'error_in_success':
    case 'empty_answer':
      return answer(null);
  }
}
