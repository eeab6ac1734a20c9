import { randomInt } from 'node:crypto';
import type { SandboxHistory, SandboxHistoryQuery, SandboxMode, SandboxSettings, SandboxStatus } from '@tecnocursos/contracts';
import { AppError } from '@tecnocursos/contracts';
import type { VendorSimulator } from '../simulator/vendor-simulator.js';
import { BehaviourSettings } from './behaviour.js';
import { CallHistory } from './call-history.js';
import type { Clock } from './clock.js';
import { SeededRandom } from './seeded-random.js';
import { VendorRuntime } from './vendor-runtime.js';

const LARGEST_SEED = 0x7fffffff;
/** Keeps ids apart from the draws of failures, so that either sequence is the same whatever the other does. */
const ID_STREAM = 0x5bd1e995;

export interface SandboxOptions {
  readonly vendors: readonly VendorSimulator[];
  readonly clock: Clock;
  readonly mode?: SandboxMode | undefined;
  /** 0 to 2³¹ − 1; drawn when absent. */
  readonly seed?: number | undefined;
}

/** The vendors, how they are to behave, and what was asked of them. Knows nothing of HTTP. */
export class Sandbox {
  readonly history = new CallHistory();
  readonly clock: Clock;
  readonly vendors: ReadonlyMap<string, VendorRuntime>;
  /** Draws of failures and latencies. */
  draws: SeededRandom;
  baseUrl = '';
  private readonly settings: BehaviourSettings;
  private seed: number;
  private since: number;

  constructor({ vendors, clock, mode = 'success', seed = randomInt(LARGEST_SEED) }: SandboxOptions) {
    this.clock = clock;
    this.seed = seed;
    this.since = clock.now();
    this.draws = new SeededRandom(seed);
    this.settings = new BehaviourSettings(mode, new Map(vendors.map(({ id, operations }) => [id, [...new Set(operations.map(({ name }) => name))]])));
    const parts = {
      clock,
      random: new SeededRandom(seed ^ ID_STREAM),
      behaviourOf: (vendor?: string, operation?: string) => this.settings.of(vendor, operation),
      baseUrl: () => this.baseUrl,
    };
    this.vendors = new Map(vendors.map((simulator) => [simulator.id, new VendorRuntime(simulator, parts)]));
  }

  /** @throws AppError `invalid_request` when the vendor or the operation is not known. */
  configure(settings: SandboxSettings): SandboxStatus {
    this.settings.change(settings);
    if (settings.seed !== undefined) {
      this.seed = settings.seed;
      this.draws = new SeededRandom(settings.seed);
    }
    for (const vendor of this.vendors.values()) vendor.refresh();
    return this.status();
  }

  status(): SandboxStatus {
    const vendors = [...this.vendors.values()].map((vendor) => {
      const { id, title, operations } = vendor.simulator;
      const { mode, faults } = vendor.behaviour;
      const names = [...new Set(operations.map(({ name }) => name))];
      return { vendor: id, title, base_url: `${this.baseUrl}/${id}`, mode, faults: [...faults], operations: names, ...vendor.statistics.read() };
    });
    const sum = (key: 'calls' | 'failed'): number => vendors.reduce((total, vendor) => total + vendor[key], 0);
    return {
      mode: this.settings.of().mode, seed: this.seed, total_calls: sum('calls'), total_failed: sum('failed'), since: new Date(this.since).toISOString(), vendors,
    };
  }

  list(query?: SandboxHistoryQuery): SandboxHistory {
    return this.history.list(query);
  }

  /**
   * Forgets calls and counts of one vendor, or of all; tells how many calls.
   * @throws AppError `not_found` when there is no such vendor.
   */
  clear(vendor?: string): number {
    if (vendor !== undefined && !this.vendors.has(vendor)) {
      throw new AppError('not_found', `vendor: No such vendor here; use one of: ${[...this.vendors.keys()].join(', ')}.`);
    }
    for (const [id, runtime] of this.vendors) if (vendor === undefined || vendor === id) runtime.statistics.clear();
    if (vendor === undefined) this.since = this.clock.now();
    return this.history.clear(vendor);
  }
}
