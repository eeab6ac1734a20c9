import { AppError, type SandboxFaultRule, type SandboxMode, type SandboxSettings } from '@tecnocursos/contracts';

/** What holds for one operation after all scopes were laid over each other. */
export interface Behaviour {
  readonly mode: SandboxMode;
  /** Share of requests that fail in the mode `realistic`. */
  readonly failureRate: number;
  readonly faults: readonly SandboxFaultRule[];
}

type Layer = Partial<Behaviour>;

const DEFAULT_FAILURE_RATE = 0.05;

const keyOf = (vendor: string, operation: string): string => `${vendor}\n${operation}`;

/** The behaviour set for all, for vendors and for operations: the narrower scope wins, setting by setting. */
export class BehaviourSettings {
  private common: Layer;
  private readonly byVendor = new Map<string, Layer>();
  private readonly byOperation = new Map<string, Layer>();

  constructor(
    private readonly initialMode: SandboxMode,
    /** Names of the operations of each vendor. */
    private readonly known: ReadonlyMap<string, readonly string[]>,
  ) {
    this.common = { mode: initialMode };
  }

  /** @throws AppError `invalid_request` when the vendor or the operation is not known. */
  change(settings: SandboxSettings): void {
    const { vendor, operation } = settings;
    this.check(vendor, operation);
    if (settings.reset) this.forget(vendor, operation);
    const change: Layer = {
      ...(settings.mode !== undefined && { mode: settings.mode }),
      ...(settings.failure_rate !== undefined && { failureRate: settings.failure_rate }),
      ...(settings.faults !== undefined && { faults: settings.faults }),
    };
    if (vendor === undefined) this.common = { ...this.common, ...change };
    else if (operation === undefined) this.byVendor.set(vendor, { ...this.byVendor.get(vendor), ...change });
    else this.byOperation.set(keyOf(vendor, operation), { ...this.byOperation.get(keyOf(vendor, operation)), ...change });
  }

  of(vendor?: string, operation?: string): Behaviour {
    const { mode = this.initialMode, failureRate = DEFAULT_FAILURE_RATE, faults = [] } = {
      ...this.common,
      ...(vendor !== undefined && this.byVendor.get(vendor)),
      ...(vendor !== undefined && operation !== undefined && this.byOperation.get(keyOf(vendor, operation))),
    };
    return { mode, failureRate, faults };
  }

  private forget(vendor: string | undefined, operation: string | undefined): void {
    if (vendor === undefined) {
      this.common = { mode: this.initialMode };
      this.byVendor.clear();
      this.byOperation.clear();
      return;
    }
    if (operation === undefined) this.byVendor.delete(vendor);
    for (const key of this.byOperation.keys()) {
      if (operation === undefined ? key.startsWith(keyOf(vendor, '')) : key === keyOf(vendor, operation)) this.byOperation.delete(key);
    }
  }

  private check(vendor: string | undefined, operation: string | undefined): void {
    if (vendor === undefined) {
      if (operation !== undefined) throw refusal('vendor', 'Name the vendor of the operation.');
      return;
    }
    const operations = this.known.get(vendor);
    if (operations === undefined) throw refusal('vendor', `No such vendor here; use one of: ${[...this.known.keys()].join(', ')}.`);
    if (operation !== undefined && !operations.includes(operation)) {
      throw refusal('operation', `${vendor} has no such operation; use one of: ${operations.join(', ')}.`);
    }
  }
}

const refusal = (field: string, message: string): AppError => new AppError('invalid_request', `${field}: ${message}`, { issues: [{ field, message }] });
