import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Catch, Controller, Module, type INestMicroservice } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { AppError, defineRpc } from '@tecnocursos/contracts';
import { startNatsServer, type NatsServer } from '@tecnocursos/engines';
import { throwError, type Observable } from 'rxjs';
import { z } from 'zod';
import { backgroundContext, type CallContext, runInContext } from './call-context.js';
import { connectBus, type BusConnection } from './connection.js';
import { RpcClient } from './rpc-client.js';
import { RpcHandler, RpcServer } from './rpc-server.js';

const TENANT = '0b7c9b7e-3f7e-4d56-9f1c-0d8c3f0e2a11';
const request = z.strictObject({ text: z.string().min(1), delay_ms: z.int().default(0) });
const echo = defineRpc('test.text.echo.v1', { summary: 'Echo', request, reply: z.object({ text: z.string(), tenant: z.string(), request_id: z.string(), key: z.string() }) });
const refuse = defineRpc('test.text.refuse.v1', { summary: 'Refuse', request, reply: z.object({}) });
const crash = defineRpc('test.text.crash.v1', { summary: 'Crash', request, reply: z.object({}) });
const lie = defineRpc('test.text.lie.v1', { summary: 'Answer against the contract', request, reply: z.object({ number: z.int() }) });
const slow = defineRpc('test.text.slow.v1', { summary: 'Work until told to stop', request, reply: z.object({}), timeoutMs: 20_000 });
const nobody = defineRpc('test.text.nobody.v1', { summary: 'Nobody serves it', request, reply: z.object({}) });

const stopped: string[] = [];
const SILENCE_MS = 300;
const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

@Controller()
class EchoController {
  @RpcHandler(echo)
  async echo({ text, delay_ms }: { text: string; delay_ms: number }, context: CallContext) {
    await wait(delay_ms);
    return { text, tenant: context.tenantId, request_id: context.requestId, key: context.idempotencyKey ?? '' };
  }
  @RpcHandler(refuse)
  async refuse(): Promise<Record<string, never>> {
    throw new AppError('document_encrypted', 'Protected.', { issues: [{ field: 'file', message: 'Remove the password.' }], retryAfterS: 3 });
  }
  @RpcHandler(crash)
  async crash(): Promise<Record<string, never>> {
    throw new Error('secret internals');
  }
  @RpcHandler(lie)
  async lie(): Promise<{ number: number }> {
    return { number: 1.5 };
  }
  @RpcHandler(slow)
  async slow({ text }: { text: string }, { signal }: CallContext): Promise<Record<string, never>> {
    await new Promise((resolve) => signal.addEventListener('abort', resolve));
    stopped.push(text);
    return {};
  }
}

@Module({ controllers: [EchoController] })
class EchoModule {}

@Catch()
class PassErrorsOn {
  catch(error: unknown): Observable<never> {
    return throwError(() => error);
  }
}

async function serve(connection: BusConnection): Promise<INestMicroservice> {
  const app = await NestFactory.createMicroservice(EchoModule, { strategy: new RpcServer(connection, { queue: 'test', signOfLifeMs: 50 }), logger: false });
  app.useGlobalFilters(new PassErrorsOn());
  await app.listen();
  return app;
}

describe('requests over the bus', () => {
  let directory: string;
  let broker: NatsServer;
  let connections: BusConnection[];
  let client: RpcClient;
  let app: INestMicroservice;
  const connect = async (name: string): Promise<BusConnection> => {
    const connection = await connectBus({ url: broker.url, name });
    connections.push(connection);
    return connection;
  };
  const asTenant = <T>(run: () => Promise<T>): Promise<T> => runInContext({ ...backgroundContext(TENANT, 'req-1'), idempotencyKey: 'key-1' }, run);

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'tecnocursos-rpc-'));
    broker = await startNatsServer({ directory });
    connections = [];
    client = new RpcClient(await connect('client'), SILENCE_MS);
    app = await serve(await connect('server'));
  });

  afterAll(async () => {
    await app.close();
    client.close();
    await Promise.all(connections.map((connection) => connection.close()));
    await broker.stop();
    await rm(directory, { recursive: true, force: true });
  });

  it('carries tenant, request id and idempotency key to the handler', async () => {
    expect(await asTenant(() => client.call(echo, { text: 'olá' }))).toEqual({ text: 'olá', tenant: TENANT, request_id: 'req-1', key: 'key-1' });
  });

  it('keeps the code, the fields and the delay of an error', async () => {
    const error = await asTenant(() => client.call(refuse, { text: 'x' })).catch((caught: unknown) => caught);
    expect(error).toMatchObject({ code: 'document_encrypted', detail: 'Protected.', issues: [{ field: 'file' }], retryAfterS: 3 });
  });

  it('tells nothing of what went wrong inside', async () => {
    const error = await asTenant(() => client.call(crash, { text: 'x' })).catch((caught: unknown) => caught);
    expect(error).toMatchObject({ code: 'internal' });
    expect(JSON.stringify(error)).not.toContain('secret');
  });

  it('names the field of a bad request, and refuses surplus fields', async () => {
    const bad = client.call(echo, { text: '', extra: 1 } as never, { tenantId: TENANT });
    await expect(bad).rejects.toMatchObject({ code: 'invalid_request', issues: expect.arrayContaining([{ field: 'extra', message: expect.any(String) }, expect.objectContaining({ field: 'text' })]) });
  });

  it('refuses a call without a tenant, and an answer against the contract', async () => {
    await expect(client.call(echo, { text: 'x' })).rejects.toMatchObject({ code: 'invalid_request', issues: [{ field: 'tc-tenant' }] });
    await expect(asTenant(() => client.call(lie, { text: 'x' }))).rejects.toMatchObject({ code: 'internal' });
  });

  it('fails at once when nobody serves the subject, and at the deadline when the server is slow', async () => {
    await expect(asTenant(() => client.call(nobody, { text: 'x' }))).rejects.toMatchObject({ code: 'unavailable' });
    await expect(asTenant(() => client.call(echo, { text: 'x', delay_ms: 2_000 }, { timeoutMs: 150 }))).rejects.toMatchObject({ code: 'timeout' });
  });

  it('refuses what is larger than a message, before it is sent', async () => {
    await expect(asTenant(() => client.call(echo, { text: 'á'.repeat(700_000) }))).rejects.toMatchObject({ code: 'payload_too_large' });
  });

  it('hears signs of life of a long request, and stops the server when the caller gives up', async () => {
    const abort = new AbortController();
    const call = client.call(slow, { text: 'given up' }, { tenantId: TENANT, signal: abort.signal });
    await wait(3 * SILENCE_MS);
    abort.abort();
    await expect(call).rejects.toMatchObject({ code: 'canceled' });
    for (let tries = 0; tries < 30 && stopped.length === 0; tries += 1) await wait(100);
    expect(stopped).toEqual(['given up']);
  });

  it('loses no request when one of two replicas is closed with fifty under way', async () => {
    const leaving = await serve(await connect('leaving'));
    const calls = Array.from({ length: 50 }, (_, index) => asTenant(() => client.call(echo, { text: String(index), delay_ms: 20 + (index % 30) })));
    const closing = leaving.close();
    const late = Array.from({ length: 50 }, (_, index) => asTenant(() => client.call(echo, { text: `late ${index}` })));
    const answers = await Promise.all([...calls, ...late]);
    expect(answers).toHaveLength(100);
    await closing;
  });
});
