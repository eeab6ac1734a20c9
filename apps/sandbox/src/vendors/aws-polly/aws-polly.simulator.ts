import type { SimulatedOperation, SimulatedRequest, SimulatedResponse, VendorSimulator } from '../../simulator/vendor-simulator.js';
import { exception, failPolly, signatureRefusal } from './aws-polly.errors.js';
import { readPollyOrder, SYNCHRONOUS } from './aws-polly.request.js';
import { contentTypeOf, render } from './aws-polly.speech.js';
import { taskOperations } from './aws-polly.tasks.js';
import { POLLY_VOICES } from './aws-polly.voices.js';
import { verifySignature } from './signature-v4.js';

const ID = 'aws-polly';
/** The pair of Amazon's own examples, and what the platform signs with when it has no credentials. */
const SECRETS: ReadonlyMap<string, string> = new Map([
  ['AKIDEXAMPLE', 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY'], ['AKIAIOSFODNN7EXAMPLE', 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY'], [`sandbox-${ID}-credential`, `sandbox-${ID}-credential`],
]);
const VOICES_PAGE = 100;

export interface PollyOptions {
  readonly now: () => number;
  /** Secrets by access key. */
  readonly secrets: ReadonlyMap<string, string>;
}

/** Polly's REST API with its signatures really verified. Source: the service's own model, botocore 2016-06-10. */
export function awsPollySimulator({ now = Date.now, secrets = SECRETS }: Partial<PollyOptions> = {}): VendorSimulator {
  const verify = ({ method, path, query, headers, body }: SimulatedRequest): SimulatedResponse | undefined =>
    signatureRefusal(verifySignature({ method, path: `/${ID}${path}`, query, headers, body }, { service: path.startsWith('/s3/') ? 's3' : 'polly', now: now(), secretOf: (key) => secrets.get(key) }));
  return {
    id: ID,
    title: 'Amazon Polly',
    operations: [...speechOperations(), ...taskOperations()],
    plausibleFaults: [
      { fault: 'rate_limited', weight: 50 }, { fault: 'server_error', weight: 25 }, { fault: 'unavailable', weight: 15 }, { fault: 'connection_reset', weight: 10 },
    ],
    authenticate: verify,
    fail: (fault) => failPolly(fault),
    unrouted: () => exception(404, 'UnknownOperationException', 'The requested operation is not recognized.'),
    headers: (_request, context) => ({ 'x-amzn-requestid': [8, 4, 4, 4, 12].map((length) => context.newToken(length).toLowerCase()).join('-') }),
  };
}

const speechOperations = (): SimulatedOperation[] => [
  {
    name: 'speech.synthesize', method: 'POST', path: '/v1/speech', latency: { p50: 250, p99: 1_800 },
    handle: async (request) => {
      const order = readPollyOrder(request.json(), SYNCHRONOUS);
      if ('status' in order) return order;
      const body = await render(order, request.signal);
      return { status: 200, headers: { 'content-type': contentTypeOf(order.output), 'x-amzn-requestcharacters': String(order.characters) }, body };
    },
  },
  {
    name: 'voices.describe', method: 'GET', path: '/v1/voices', latency: { p50: 100, p99: 700 },
    handle: ({ query }) => {
      const language = query.get('LanguageCode');
      const engine = query.get('Engine');
      const voices = POLLY_VOICES.filter((voice) => (language === null || voice.LanguageCode === language) && (engine === null || (voice.SupportedEngines as readonly string[]).includes(engine)));
      return { status: 200, body: { Voices: voices.slice(0, VOICES_PAGE) } };
    },
  },
];
