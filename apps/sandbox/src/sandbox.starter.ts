import {
  parseOrThrow, SandboxSettingsSchema, type SandboxHistory, type SandboxHistoryQuery, type SandboxMode, type SandboxSettingsInput, type SandboxStatus,
} from '@tecnocursos/contracts';
import type { RecordedCall } from './core/call-history.js';
import { systemClock, type Clock } from './core/clock.js';
import { Sandbox } from './core/sandbox.js';
import { SandboxServer, type OnDefect } from './core/sandbox.server.js';
import type { RenderTimes } from './media/render-store.js';
import type { VendorSimulator } from './simulator/vendor-simulator.js';
import { createVendors } from './vendors/index.js';

export interface StartOptions {
  /** 127.0.0.1 when absent. */
  readonly host?: string;
  /** Any free one when absent or 0. */
  readonly port?: number;
  /** Where others reach it; `http://host:port` when absent. */
  readonly publicUrl?: string | undefined;
  /** 0 to 2³¹ − 1; drawn when absent. */
  readonly seed?: number | undefined;
  /** `success` when absent. */
  readonly mode?: SandboxMode | undefined;
  readonly clock?: Clock;
  /** All that there are when absent. */
  readonly vendors?: readonly VendorSimulator[];
  /** How long simulated videos take, when it is not what the vendors' simulators have of their own. */
  readonly renders?: Partial<RenderTimes>;
  /** Told of defects in simulators; they go to standard error when absent. */
  readonly onDefect?: OnDefect;
}

export interface RunningSandbox {
  /** `http://127.0.0.1:40123`; a vendor is at `<url>/<vendor>`. */
  readonly url: string;
  status(): SandboxStatus;
  /** @throws AppError `invalid_request` that names the field at fault. */
  configure(settings: SandboxSettingsInput): SandboxStatus;
  history(query?: SandboxHistoryQuery): SandboxHistory;
  clear(vendor?: string): number;
  /** Forgets calls, and keeps the counts of them; tells how many. */
  forget(isMeant: (call: RecordedCall) => boolean): number;
  close(): Promise<void>;
}

/** Starts the simulated vendors on a socket of this process, without a bus: for tests, and for the service itself. */
export async function startSandbox(options: StartOptions = {}): Promise<RunningSandbox> {
  const { host = '127.0.0.1', port = 0, clock = systemClock, renders, vendors = createVendors(renders), onDefect = reportDefect, mode, seed, publicUrl } = options;
  const sandbox = new Sandbox({ vendors, clock, mode, seed });
  const server = new SandboxServer(sandbox, onDefect);
  const address = await server.listen(host, port);
  const url = publicUrl?.replace(/\/+$/, '') ?? address;
  sandbox.baseUrl = url;
  return {
    url,
    status: () => sandbox.status(),
    configure: (settings) => sandbox.configure(parseOrThrow(SandboxSettingsSchema, settings)),
    history: (query) => sandbox.list(query),
    clear: (vendor) => sandbox.clear(vendor),
    forget: (isMeant) => sandbox.history.forget(isMeant),
    close: () => server.close(),
  };
}

function reportDefect(error: unknown, where: string): void {
  process.stderr.write(`sandbox: ${where} failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
}
