import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  AppError, parseOrThrow, PERMISSIONS, toWireError, verifyApiKey, type ReplyInput, type RequestOf, type RpcContract,
} from '@tecnocursos/contracts';
import { connectBus, HEADER, type BusConnection } from '@tecnocursos/messaging';
import { createTestRuntime, startNatsServer, type TestNatsServer } from '@tecnocursos/testing';
import { headers as createHeaders, type Msg } from '@nats-io/transport-node';
import { start, type RunningGateway } from './gateway.js';

export const API_KEY = `tc_${'a'.repeat(43)}`;
export const TENANT = '0190a000-0000-7000-8000-000000000001';
/** Rights of a key that may everything. */
export const OWNERS_KEY = { mode: 'live' as const, role: 'owner' as const, scopes: [...PERMISSIONS] };
const KEY_ID = '0190a000-0000-7000-8000-0000000000ff';

export interface StubCall {
  subject: string;
  request: unknown;
  tenantId: string;
}

type Handler<C extends RpcContract> = (request: RequestOf<C>, tenantId: string) => ReplyInput<C> | Promise<ReplyInput<C>>;

/** Services that answer as a test tells them to, on the real bus and by the real contracts. */
export class StubServices {
  readonly calls: StubCall[] = [];
  private readonly stops = new Map<string, () => void>();

  constructor(readonly connection: BusConnection) {}

  /** Serves a contract, in place of what served it before. */
  on<C extends RpcContract>(contract: C, handle: Handler<C>): this {
    this.off(contract);
    const subscription = this.connection.subscribe(contract.subject, { callback: (_error, message) => void this.serve(contract, handle, message) });
    this.stops.set(contract.subject, () => subscription.unsubscribe());
    return this;
  }

  off(contract: RpcContract): this {
    this.stops.get(contract.subject)?.();
    this.stops.delete(contract.subject);
    return this;
  }

  callsOf(contract: RpcContract): StubCall[] {
    return this.calls.filter(({ subject }) => subject === contract.subject);
  }

  private async serve<C extends RpcContract>(contract: C, handle: Handler<C>, message: Msg): Promise<void> {
    const tenantId = message.headers?.get(HEADER.tenant) ?? '';
    try {
      const request = parseOrThrow(contract.request, message.json());
      this.calls.push({ subject: contract.subject, request, tenantId });
      if (contract.tenant === 'required' && tenantId === '') throw new Error('no tenant');
      message.respond(JSON.stringify(contract.reply.parse(await handle(request as RequestOf<C>, tenantId))));
    } catch (error) {
      const headers = createHeaders();
      headers.set(HEADER.error, 'x');
      message.respond(JSON.stringify(toWireError(error)), { headers });
    }
  }
}

/** A storage's HTTP: keeps what is put, and serves one file with ranges. */
export class StubStorage {
  readonly received: Array<{ url: string; bytes: number; complete: boolean }> = [];
  readonly seenHeaders: Array<Record<string, unknown>> = [];
  private constructor(private readonly server: Server) {}

  static async open(file: Buffer): Promise<StubStorage> {
    const server = createServer();
    const stub = new StubStorage(server);
    server.on('request', (request, response) => {
      stub.seenHeaders.push(request.headers);
      if (request.method === 'PUT') {
        const entry = { url: request.url ?? '', bytes: 0, complete: false };
        stub.received.push(entry);
        request.on('data', (chunk: Buffer) => { entry.bytes += chunk.length; });
        request.on('error', () => undefined);
        request.on('end', () => {
          entry.complete = true;
          response.writeHead(201, { 'content-type': 'application/json' });
          response.end(JSON.stringify({ key: 'uploads/x', content_type: 'text/plain', size: entry.bytes, sha256: 'a'.repeat(64) }));
        });
        return;
      }
      if (request.url?.startsWith('/files/expired')) {
        response.writeHead(403, { 'content-type': 'application/problem+json; charset=utf-8' });
        response.end(JSON.stringify({ type: 'about:blank', title: 'x', status: 403, code: 'link_invalid', detail: 'Ask for a new one.' }));
        return;
      }
      const range = /^bytes=(\d+)-(\d+)$/.exec(request.headers.range ?? '');
      const part = range ? file.subarray(Number(range[1]), Number(range[2]) + 1) : file;
      response.writeHead(range ? 206 : 200, {
        'content-type': 'video/mp4', 'content-length': part.length, 'accept-ranges': 'bytes', 'content-security-policy': "default-src 'self'",
        ...(range && { 'content-range': `bytes ${range[1]}-${range[2]}/${file.length}` }),
      });
      response.end(request.method === 'HEAD' ? undefined : part);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return stub;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}

export const STORED_FILE = Buffer.from(Array.from({ length: 100_000 }, (_, index) => index % 251));

/** A gateway on a real bus, over real HTTP, among stub services. */
export class GatewayHarness {
  private constructor(
    readonly nats: TestNatsServer,
    readonly gateway: RunningGateway,
    readonly services: StubServices,
    readonly storage: StubStorage,
  ) {}

  static async start(environment: Record<string, string> = {}): Promise<GatewayHarness> {
    const nats = await startNatsServer();
    const storage = await StubStorage.open(STORED_FILE);
    const services = new StubServices(await connectBus({ url: nats.url, name: 'stubs' }));
    services.on(verifyApiKey, ({ key_sha256: digest }) => {
      if (digest !== DIGEST) throw new AppError('api_key_invalid', 'unknown');
      return { tenant_id: TENANT, key_id: KEY_ID, ...OWNERS_KEY };
    });
    await services.connection.flush();
    const runtime = createTestRuntime(nats.url, { PORT: '0', STORAGE_INTERNAL_URL: storage.url, ...environment });
    return new GatewayHarness(nats, await start(runtime), services, storage);
  }

  /** A request with the key, unless the headers say otherwise. */
  async fetch(path: string, init: RequestInit = {}): Promise<Response> {
    await this.services.connection.flush(); // what they serve since the last request is known to the bus
    return fetch(this.gateway.url + path, { ...init, headers: { authorization: `Bearer ${API_KEY}`, ...init.headers } });
  }

  async stop(): Promise<void> {
    await this.gateway.close();
    await this.services.connection.close();
    await this.storage.close();
    await this.nats.stop();
  }
}

/** SHA-256 of API_KEY. */
const DIGEST = '1c9b7324e13a354d0502394ddac0d178f9da41af63c2eb9d3a8bd0643ff7a9cc';
