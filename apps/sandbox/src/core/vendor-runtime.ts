import type { SandboxMode } from '@tecnocursos/contracts';
import type { SimulatedOperation, SimulatorContext, VendorSimulator } from '../simulator/vendor-simulator.js';
import type { Behaviour } from './behaviour.js';
import { CallStatistics } from './call-statistics.js';
import type { Clock } from './clock.js';
import { RouteTable } from './route-table.js';
import type { SeededRandom } from './seeded-random.js';

export interface OperationRuntime {
  readonly operation: SimulatedOperation;
  readonly context: SimulatorContext;
  behaviour: Behaviour;
}

export interface RuntimeParts {
  readonly clock: Clock;
  /** Draws of ids and of the simulators' own choices. */
  readonly random: SeededRandom;
  readonly behaviourOf: (vendor?: string, operation?: string) => Behaviour;
  /** Address of the sandbox, once it listens. */
  readonly baseUrl: () => string;
}

/** Pauses of a `slow` vendor are so many times longer. */
const SLOW_FACTOR = 4;
const PACE: Record<SandboxMode, number> = { success: 0, fast: 0, failure: 0, realistic: 1, slow: SLOW_FACTOR };

/** A simulator with what the core keeps about it: routes, counts, and the behaviour of each operation at hand. */
export class VendorRuntime {
  readonly statistics = new CallStatistics();
  readonly routes = new RouteTable<OperationRuntime>();
  readonly context: SimulatorContext;
  behaviour: Behaviour;
  private readonly operations: OperationRuntime[];

  constructor(
    readonly simulator: VendorSimulator,
    private readonly parts: RuntimeParts,
  ) {
    this.behaviour = parts.behaviourOf(simulator.id);
    this.context = this.contextOf(() => this.behaviour.mode);
    this.operations = simulator.operations.map((operation) => this.runtimeOf(operation));
  }

  /** Takes over settings that have changed. */
  refresh(): void {
    const { id } = this.simulator;
    this.behaviour = this.parts.behaviourOf(id);
    for (const runtime of this.operations) runtime.behaviour = this.parts.behaviourOf(id, runtime.operation.name);
  }

  private runtimeOf(operation: SimulatedOperation): OperationRuntime {
    const runtime: OperationRuntime = {
      operation,
      behaviour: this.parts.behaviourOf(this.simulator.id, operation.name),
      context: this.contextOf(() => runtime.behaviour.mode),
    };
    this.routes.add(operation.method, operation.path, runtime);
    return runtime;
  }

  private contextOf(mode: () => SandboxMode): SimulatorContext {
    const { clock, random, baseUrl } = this.parts;
    const { id } = this.simulator;
    return {
      now: () => clock.now(),
      random: () => random.next(),
      newToken: (length) => random.token(length),
      pause: async (milliseconds, signal) => {
        signal.throwIfAborted();
        const pace = PACE[mode()];
        if (pace > 0) await clock.wait(milliseconds * pace, signal);
      },
      get baseUrl() {
        return `${baseUrl()}/${id}`;
      },
    };
  }
}
