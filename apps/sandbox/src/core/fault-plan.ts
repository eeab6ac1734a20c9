import type { SandboxFault, SandboxFaultRule } from '@tecnocursos/contracts';
import type { SimulatedOperation, WeightedFault } from '../simulator/vendor-simulator.js';
import type { Behaviour } from './behaviour.js';
import type { SeededRandom } from './seeded-random.js';

/** What will be done to one request. */
export interface FaultPlan {
  /** Milliseconds before the answer begins. */
  readonly delayMs: number;
  readonly rule: SandboxFaultRule | undefined;
}

const NOTHING: FaultPlan = { delayMs: 0, rule: undefined };
/** Of the standard normal distribution: 99 % and 99.9 % lie below. */
const Z_99 = 2.326;
const Z_999 = 3.09;
const LONGEST_MS = 120_000;
const DEFAULT_ADDED_LATENCY_MS = 1_000;

/** What vendors of HTTP APIs fail with in the long run, when the simulator names nothing of its own. */
const PLAUSIBLE: readonly WeightedFault[] = [
  { fault: 'rate_limited_retry_after_seconds', weight: 4 }, { fault: 'unavailable', weight: 3 }, { fault: 'server_error', weight: 2 }, { fault: 'connection_reset', weight: 1 },
];
/** The errors that a vendor words itself. */
const WORDED: readonly WeightedFault[] = (
  ['unauthorized', 'quota_exhausted', 'rate_limited', 'rate_limited_retry_after_seconds', 'server_error', 'unavailable'] as const
).map((fault) => ({ fault, weight: 1 }));

/** Draws what happens to a request. Rules come first, in their order; the mode's own failures and latency after them. */
export function planFault(behaviour: Behaviour, operation: SimulatedOperation, plausible: readonly WeightedFault[] | undefined, random: SeededRandom): FaultPlan {
  const { mode, faults } = behaviour;
  if (faults.length === 0 && (mode === 'success' || mode === 'fast')) return NOTHING;
  const drawn = faults.filter(({ probability }) => random.next() < probability);
  const delayMs = drawn.reduce((sum, rule) => sum + addedLatency(rule), modeLatency(behaviour, operation, random));
  const rule = drawn.find(({ fault }) => fault !== 'latency') ?? modeFault(behaviour, plausible ?? PLAUSIBLE, random) ?? drawn[0];
  return { delayMs, rule };
}

const addedLatency = ({ fault, latency_ms: milliseconds = DEFAULT_ADDED_LATENCY_MS }: SandboxFaultRule): number => (fault === 'latency' ? milliseconds : 0);

function modeLatency({ mode }: Behaviour, { latency: { p50, p99 } }: SimulatedOperation, random: SeededRandom): number {
  if (mode !== 'realistic' && mode !== 'slow') return 0;
  const deviation = Math.log(p99 / p50) / Z_99;
  const z = mode === 'slow' ? Z_99 + random.next() * (Z_999 - Z_99) : random.normal();
  return Math.min(LONGEST_MS, p50 * Math.exp(deviation * z));
}

function modeFault({ mode, failureRate }: Behaviour, plausible: readonly WeightedFault[], random: SeededRandom): SandboxFaultRule | undefined {
  if (mode === 'failure') return { fault: pick(WORDED, random), probability: 1 };
  if (mode !== 'realistic' || random.next() >= failureRate) return undefined;
  return { fault: pick(plausible, random), probability: failureRate };
}

function pick(choices: readonly WeightedFault[], random: SeededRandom): SandboxFault {
  let left = random.next() * choices.reduce((sum, { weight }) => sum + weight, 0);
  for (const { fault, weight } of choices) {
    left -= weight;
    if (left < 0) return fault;
  }
  return 'server_error';
}
