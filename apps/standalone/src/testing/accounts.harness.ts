import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { getMailboxMessage, listMailbox } from '@tecnocursos/contracts';
import { freePort } from '@tecnocursos/engines';
import { start as startGateway, type RunningGateway } from '@tecnocursos/gateway';
import { newApiKey, service as identity } from '@tecnocursos/identity';
import { startOpenIdProvider, type OpenIdStandIn } from '@tecnocursos/identity/testing';
import { connectBus, RpcClient, type BusConnection } from '@tecnocursos/messaging';
import { startService, type RunningService } from '@tecnocursos/nest-kit';
import { service as notifications } from '@tecnocursos/notifications';
import { createTestRuntime, startNatsServer, type TestNatsServer, type TestRuntime } from '@tecnocursos/testing';

const MAIL_LIMIT_MS = 10_000;

export interface HttpAnswer {
  status: number;
  /** Parsed JSON; null without a body. */
  body: unknown;
  /** As `name=value`, by name; what was ended is empty. */
  cookies: ReadonlyMap<string, string>;
}

export interface HttpRequest {
  body?: object;
  token?: string;
  cookie?: string;
}

interface Parts {
  directory: string;
  broker: TestNatsServer;
  runtime: TestRuntime;
  services: RunningService[];
  gateway: RunningGateway;
  connection: BusConnection;
  google: OpenIdStandIn;
}

/** Gateway, identity and notifications on a real bus, over real HTTP, with a real OpenID provider in Google's place. */
export class AccountsPlatform {
  private readonly rpc: RpcClient;

  private constructor(private readonly parts: Parts) {
    this.rpc = new RpcClient(parts.connection);
  }

  static async start(): Promise<AccountsPlatform> {
    const [directory, broker, port] = await Promise.all([mkdtemp(join(tmpdir(), 'tecnocursos-accounts-')), startNatsServer(), freePort()]);
    const url = `http://127.0.0.1:${port}`;
    const app = { clientId: 'tecnocursos', clientSecret: 'a-client-secret-of-the-test', redirectUri: `${url}/api/auth/social/callback` };
    const google = await startOpenIdProvider({ ...app, requirePkce: true });
    const runtime = createTestRuntime(broker.url, {
      DATA_DIR: directory, MAILBOX_DIR: join(directory, 'mailbox'), PORT: String(port), PUBLIC_URL: url, STORAGE_INTERNAL_URL: 'http://127.0.0.1:9', IDENTITY_BOOTSTRAP_API_KEY: newApiKey(),
      GOOGLE_LOGIN_CLIENT_ID: app.clientId, GOOGLE_LOGIN_CLIENT_SECRET: app.clientSecret, GOOGLE_LOGIN_ISSUER: google.url, MAX_EVENT_LOOP_LAG_MS: '60000',
    });
    const services = [await startService(identity, runtime), await startService(notifications, runtime)];
    const gateway = await startGateway(runtime);
    const connection = await connectBus({ url: broker.url, name: 'test' });
    return new AccountsPlatform({ directory, broker, runtime, services, gateway, connection, google });
  }

  get url(): string {
    return this.parts.gateway.url;
  }

  get google(): OpenIdStandIn {
    return this.parts.google;
  }

  async send(method: 'GET' | 'POST', path: string, { body, token, cookie }: HttpRequest = {}): Promise<HttpAnswer> {
    const headers = { ...(token !== undefined && { authorization: `Bearer ${token}` }), ...(cookie !== undefined && { cookie }), ...(body && { 'content-type': 'application/json' }) };
    const response = await fetch(this.url + path, { method, headers, redirect: 'manual', ...(body && { body: JSON.stringify(body) }) });
    const text = await response.text();
    const cookies = new Map(response.headers.getSetCookie().map((line) => [line.split('=', 1)[0] ?? '', line.split(';', 1)[0] ?? '']));
    return { status: response.status, body: text === '' ? null : (JSON.parse(text) as unknown), cookies };
  }

  /** The link in the letter that came to an address, as the local mailbox holds it. Waits until it came. */
  async mailedLink(email: string): Promise<URL> {
    for (const end = Date.now() + MAIL_LIMIT_MS; Date.now() < end; await new Promise((resolve) => setTimeout(resolve, 25))) {
      const tenants = await readdir(join(this.parts.directory, 'mailbox')).catch(() => []);
      for (const tenantId of tenants.filter((name) => !name.startsWith('.'))) {
        const { messages } = await this.rpc.call(listMailbox, {}, { tenantId });
        const letter = messages.find(({ to }) => to.includes(email));
        if (!letter) continue;
        const { message } = await this.rpc.call(getMailboxMessage, { id: letter.id }, { tenantId });
        const link = /https?:\/\/\S+#token=[\w-]+/.exec(message.text);
        if (link) return new URL(link[0]);
      }
    }
    throw new Error(`No letter with a link came to ${email}`);
  }

  async stop(): Promise<void> {
    const { directory, broker, runtime, services, gateway, connection, google } = this.parts;
    this.rpc.close();
    await connection.close();
    await gateway.close();
    for (const service of services) await service.close();
    await google.close();
    await runtime.close();
    await broker.stop();
    await rm(directory, { recursive: true, force: true });
  }
}
