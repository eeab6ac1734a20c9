import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Module, type Type } from '@nestjs/common';
import {
  parseOrThrow, sendMessage, servedLocally, toWireError, verifyEmail, signIn, signUp, type ReplyInput, type ReplyOf, type RequestInput, type RequestOf, type RpcContract, type Tokens,
} from '@tecnocursos/contracts';
import { connectBus, HEADER, RpcClient, type BusConnection } from '@tecnocursos/messaging';
import { startService, type Resolve, type RunningService } from '@tecnocursos/nest-kit';
import type { Database } from '@tecnocursos/persistence';
import { createTestRuntime, startNatsServer, type TestNatsServer, type TestRuntime } from '@tecnocursos/testing';
import type { Kysely } from 'kysely';
import { Clock } from './clock.js';
import { IDENTITY_CONTROLLERS, IDENTITY_PROVIDERS } from './identity.providers.js';
import { IDENTITY_SCHEMA, type IdentityTables } from './identity.tables.js';
import { service } from './service.js';

export const CLIENT = { address: '203.0.113.7', user_agent: 'test' };
/** More than a test makes by accident. */
export const ADDRESS_FAILURES = 100_000;
export const PASSWORD = 'correct horse battery';
export type SentLetter = RequestOf<typeof sendMessage> & { tenantId: string };

/** A clock that goes on by itself, and can be put forward. */
export class FakeClock extends Clock {
  private offsetMs = 0;

  override now(): Date {
    return new Date(Date.now() + this.offsetMs);
  }

  advance(ms: number): void {
    this.offsetMs += ms;
  }
}

function identityModule(clock: Clock): Type {
  @Module({ controllers: IDENTITY_CONTROLLERS, providers: [...IDENTITY_PROVIDERS, { provide: Clock, useValue: clock }] })
  class TestIdentityModule {}
  return TestIdentityModule;
}

interface Replica {
  running: RunningService;
  resolve: Resolve;
}

/** Identity on a real bus and database, beside a `notifications` that keeps the letters. */
export class IdentityHarness {
  readonly letters: SentLetter[] = [];
  private readonly replicas: Replica[] = [];

  private constructor(
    readonly nats: TestNatsServer,
    readonly runtime: TestRuntime,
    readonly connection: BusConnection,
    readonly rpc: RpcClient,
    readonly clock: FakeClock,
    readonly db: Kysely<IdentityTables>,
    private readonly directory: string,
  ) {}

  /** @param database an open one, which the caller closes; an embedded one of its own when absent. */
  static async start(environment: Record<string, string> = {}, database?: Database): Promise<IdentityHarness> {
    const nats = await startNatsServer();
    const directory = await mkdtemp(join(tmpdir(), 'tc-identity-'));
    const embedded = createTestRuntime(nats.url, {
      DATA_DIR: directory, PUBLIC_URL: 'https://school.example', IDENTITY_BOOTSTRAP_API_KEY: `tc_${'b'.repeat(43)}`,
      IDENTITY_LOCKOUT_ADDRESS_FAILURES: String(ADDRESS_FAILURES), IDENTITY_MAILS_PER_ADDRESS: '100', ...environment,
    });
    const runtime: TestRuntime = database ? { ...embedded, database: async () => database } : embedded;
    const connection = await connectBus({ url: nats.url, name: 'test' });
    const db = (await runtime.database()).schema<IdentityTables>(IDENTITY_SCHEMA);
    const harness = new IdentityHarness(nats, runtime, connection, new RpcClient(connection), new FakeClock(), db, directory);
    harness.serve(sendMessage, (request, tenantId): ReplyInput<typeof sendMessage> => {
      harness.letters.push({ ...request, tenantId });
      return { message_id: request.idempotency_key, state: 'sent', served_by: servedLocally('test') };
    });
    await harness.addReplica();
    return harness;
  }

  /** One more process of identity, on the same database. */
  async addReplica(): Promise<Replica> {
    let resolve: Resolve | undefined;
    const definition = { ...service, module: identityModule(this.clock), probes: (found: Resolve) => { resolve = found; return []; } };
    const running = await startService(definition, this.runtime);
    if (!resolve) throw new Error('the service gave no resolver');
    const replica = { running, resolve };
    this.replicas.push(replica);
    return replica;
  }

  /** An instance out of the first replica. */
  get<T>(token: Type<T> | symbol): T {
    const [replica] = this.replicas;
    if (!replica) throw new Error('not started');
    return replica.resolve(token);
  }

  /** Serves a contract of another service. @returns what stops it. */
  serve<C extends RpcContract>(contract: C, handle: (request: RequestOf<C>, tenantId: string) => ReplyInput<C> | Promise<ReplyInput<C>>): () => void {
    const subscription = this.connection.subscribe(contract.subject, {
      callback: (_error, message) => {
        const reply = async (): Promise<string> =>
          JSON.stringify(contract.reply.parse(await handle(parseOrThrow(contract.request, message.json()) as RequestOf<C>, message.headers?.get(HEADER.tenant) ?? '')));
        reply().then(
          (text) => message.respond(text),
          (error: unknown) => {
            const { headers } = message;
            headers?.set(HEADER.error, 'error');
            message.respond(JSON.stringify(toWireError(error)), headers && { headers });
          },
        );
      },
    });
    return () => subscription.unsubscribe();
  }

  call<C extends RpcContract>(contract: C, request: RequestInput<C>, tenantId?: string): Promise<ReplyOf<C>> {
    return this.rpc.call(contract, request, tenantId === undefined ? {} : { tenantId });
  }

  /** The newest letter to an address. Waits until it came. */
  async letterTo(email: string, template: SentLetter['template']): Promise<SentLetter> {
    const end = Date.now() + 5_000;
    for (;;) {
      const letter = this.letters.findLast((candidate) => candidate.to.email === email && candidate.template === template);
      if (letter) return letter;
      if (Date.now() > end) throw new Error(`No ${template} came to ${email}`);
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  }

  async tokenTo(email: string, template: SentLetter['template']): Promise<string> {
    const letter = await this.letterTo(email, template);
    return 'action_url' in letter.data ? (letter.data.action_url.split('#token=')[1] ?? '') : '';
  }

  /** Signs somebody up and confirms the address. */
  async member(email: string, password = PASSWORD): Promise<{ accountId: string; tenantId: string }> {
    await this.call(signUp, { email, password, name: 'Ana', organization_name: `Escola de ${email}`, client: CLIENT });
    const reply = await this.call(verifyEmail, { token: await this.tokenTo(email, 'verify-email'), client: CLIENT });
    return { accountId: reply.account_id, tenantId: reply.tenant_id ?? '' };
  }

  async tokens(email: string, password = PASSWORD): Promise<Tokens> {
    const reply = await this.call(signIn, { email, password, client: CLIENT });
    if (reply.state !== 'authenticated') throw new Error(reply.state);
    return reply.tokens;
  }

  async stop(): Promise<void> {
    for (const { running } of this.replicas) await running.close();
    this.rpc.close();
    await this.connection.close();
    await this.runtime.close();
    await this.nats.stop();
    await rm(this.directory, { recursive: true, force: true });
  }
}
