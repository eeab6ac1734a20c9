import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { SandboxFault, SandboxFaultRule } from '@tecnocursos/contracts';
import type { SimulatedResponse, WordedFault } from '../simulator/vendor-simulator.js';
import { happensToBytes, writeAnswer, writeWhole } from './answer-writer.js';
import { BodyCapture, recordCall } from './call-recorder.js';
import { planFault, type FaultPlan } from './fault-plan.js';
import { ReceivedRequest } from './received-request.js';
import type { Match } from './route-table.js';
import type { Sandbox } from './sandbox.js';
import type { OperationRuntime, VendorRuntime } from './vendor-runtime.js';
import { retryAfterHeaders, toWireAnswer, type WireAnswer } from './wire-answer.js';

const BODY_LIMIT_BYTES = 64 * 1024 * 1024;
const KEEP_ALIVE_MS = 65_000;
const CLOSE_GRACE_MS = 2_000;
const NO_BODY = Buffer.alloc(0);

interface Exchange {
  readonly vendor: VendorRuntime;
  readonly match: Match<OperationRuntime> | undefined;
  readonly request: ReceivedRequest;
  readonly response: ServerResponse;
  readonly url: string;
  readonly startedAt: number;
  readonly startedMs: number;
}

/** What goes wrong inside a simulator is told here, once. */
export type OnDefect = (error: unknown, where: string) => void;

/** Plain `node:http`: a framework would cost more than most answers do. */
export class SandboxServer {
  private readonly server: Server;

  constructor(
    private readonly sandbox: Sandbox,
    private readonly onDefect: OnDefect,
  ) {
    this.server = createServer({ keepAliveTimeout: KEEP_ALIVE_MS, noDelay: true }, (incoming, response) => this.receive(incoming, response));
    this.server.on('clientError', (_error, socket) => socket.destroy());
  }

  /** Resolves with the address: `http://127.0.0.1:4010`. */
  async listen(host: string, port: number): Promise<string> {
    await new Promise<void>((resolve, reject) => {
      this.server.once('error', reject);
      this.server.listen(port, host, () => {
        this.server.off('error', reject);
        resolve();
      });
    });
    const { port: actual } = this.server.address() as AddressInfo;
    return `http://${host.includes(':') ? `[${host}]` : host}:${actual}`;
  }

  /** Answers under way get a moment to end. */
  async close(): Promise<void> {
    const cut = setTimeout(() => this.server.closeAllConnections(), CLOSE_GRACE_MS);
    await new Promise<void>((resolve) => {
      this.server.close(() => resolve());
      this.server.closeIdleConnections();
    });
    clearTimeout(cut);
  }

  private receive(incoming: IncomingMessage, response: ServerResponse): void {
    const startedMs = performance.now();
    const parts: Buffer[] = [];
    let size = 0;
    incoming.on('data', (part: Buffer) => {
      size += part.length;
      if (size <= BODY_LIMIT_BYTES) parts.push(part);
      else if (!response.headersSent) refuse(response, 413, 'The sandbox takes bodies of at most 64 MiB.');
    });
    incoming.on('error', () => response.destroy());
    incoming.on('end', () => {
      if (size <= BODY_LIMIT_BYTES) this.dispatch(incoming, response, parts.length === 1 ? (parts[0] ?? NO_BODY) : Buffer.concat(parts), startedMs);
    });
  }

  private dispatch(incoming: IncomingMessage, response: ServerResponse, body: Buffer, startedMs: number): void {
    const url = incoming.url ?? '/';
    const mark = url.indexOf('?');
    const whole = mark < 0 ? url : url.slice(0, mark);
    const slash = whole.indexOf('/', 1);
    const vendor = this.sandbox.vendors.get(slash < 0 ? whole.slice(1) : whole.slice(1, slash));
    if (!vendor) {
      refuse(response, 404, `No vendor is simulated at this address. There are: ${[...this.sandbox.vendors.keys()].map((id) => `/${id}`).join(', ')}.`);
      return;
    }
    const path = slash < 0 ? '/' : whole.slice(slash);
    const request = new ReceivedRequest(incoming, response, path, mark < 0 ? '' : url.slice(mark), body);
    const exchange = { vendor, match: vendor.routes.find(request.method, path), request, response, url, startedAt: this.sandbox.clock.now(), startedMs };
    this.answer(exchange).catch((error: unknown) => {
      this.record(exchange, null, null, {}, NO_BODY);
      if (response.destroyed) return;
      this.onDefect(error, `${request.method} ${path}`);
      if (response.headersSent) response.destroy();
      else refuse(response, 500, 'The simulator itself failed, and not as its vendor would; see the log of the sandbox.');
    });
  }

  private async answer(exchange: Exchange): Promise<void> {
    const { vendor, match, request } = exchange;
    if (!match) {
      await this.send(exchange, vendor.simulator.unrouted(request, vendor.context), undefined);
      return;
    }
    const { operation, behaviour, context } = match.target;
    const plan = planFault(behaviour, operation, vendor.simulator.plausibleFaults, this.sandbox.draws);
    if (plan.delayMs > 0 && !(await this.hasWaited(exchange, plan))) return;
    const { rule } = plan;
    if (rule?.fault === 'connection_reset') {
      request.signal.throwIfAborted();
      exchange.response.socket?.resetAndDestroy();
      this.record(exchange, null, rule.fault, {}, NO_BODY);
      return;
    }
    const worded = rule === undefined ? undefined : wordedFault(rule.fault);
    const refusal = vendor.simulator.authenticate(request);
    const answer = refusal ?? (worded && rule ? vendor.simulator.fail(worded, rule, request, context) : operation.handle(request, match.params, context));
    await this.send(exchange, answer instanceof Promise ? await answer : answer, refusal ? undefined : rule);
  }

  /** False when the client has gone meanwhile. */
  private async hasWaited(exchange: Exchange, { delayMs, rule }: FaultPlan): Promise<boolean> {
    try {
      await this.sandbox.clock.wait(delayMs, exchange.request.signal);
      return true;
    } catch {
      this.record(exchange, null, rule?.fault ?? null, {}, NO_BODY);
      return false;
    }
  }

  private async send(exchange: Exchange, answer: SimulatedResponse, rule: SandboxFaultRule | undefined): Promise<void> {
    const { vendor, match, request, response } = exchange;
    const context = match?.target.context ?? vendor.context;
    const wire = toWireAnswer(answer, vendor.simulator.headers?.(request, context, performance.now() - exchange.startedMs));
    if (rule) Object.assign(wire.headers, retryAfterHeaders(rule, this.sandbox.clock.now()));
    if (response.destroyed) return this.record(exchange, null, rule?.fault ?? null, {}, NO_BODY);
    if (!wire.stream && (rule === undefined || !happensToBytes(rule.fault))) {
      writeWhole(response, wire);
      return this.record(exchange, wire.status, rule?.fault ?? null, wire.headers, wire.payload);
    }
    return this.sendInParts(exchange, wire, rule?.fault);
  }

  private async sendInParts(exchange: Exchange, wire: WireAnswer, fault: SandboxFault | undefined): Promise<void> {
    const { request, response } = exchange;
    const capture = new BodyCapture();
    try {
      await writeAnswer(response, wire, fault, { clock: this.sandbox.clock, signal: request.signal, onPart: capture.add });
    } catch (error) {
      if (!request.signal.aborted) this.onDefect(error, `${request.method} ${request.path}`);
      response.destroy();
    } finally {
      this.record(exchange, wire.status, fault ?? null, wire.headers, capture.read());
    }
  }

  private record(exchange: Exchange, status: number | null, fault: SandboxFault | null, headers: Record<string, string>, body: Buffer | string): void {
    const { vendor, match, request, url, startedAt, startedMs } = exchange;
    const { operation = null, behaviour = vendor.behaviour } = match ? { operation: match.target.operation.name, behaviour: match.target.behaviour } : {};
    recordCall(this.sandbox.history, vendor, request, {
      operation, mode: behaviour.mode, startedAt, elapsedMs: performance.now() - startedMs, url, status, fault, headers, body,
    });
  }
}

function wordedFault(fault: SandboxFault): WordedFault | undefined {
  switch (fault) {
    case 'unauthorized':
    case 'quota_exhausted':
    case 'rate_limited':
    case 'server_error':
    case 'unavailable':
    case 'error_in_success':
    case 'empty_answer':
      return fault;
    case 'rate_limited_retry_after_seconds':
    case 'rate_limited_retry_after_date':
    case 'rate_limited_retry_after_ms':
    case 'rate_limited_retry_after_garbage':
      return 'rate_limited';
    case 'latency':
    case 'connection_reset':
    case 'truncated_body':
    case 'malformed_json':
    case 'slow_loris':
    case 'endless_stream':
      return undefined;
  }
}

/** The sandbox's own refusal, where no vendor speaks. */
function refuse(response: ServerResponse, status: number, message: string): void {
  const text = JSON.stringify({ error: { type: 'sandbox', message } });
  response.writeHead(status, { 'content-type': 'application/json', 'content-length': String(Buffer.byteLength(text)), connection: 'close' });
  response.end(text);
}
