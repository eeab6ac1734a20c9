import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Catch, Controller, Module, type INestMicroservice } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { AppError, defineRpc, defineStream } from '@tecnocursos/contracts';
import { startNatsServer, type NatsServer } from '@tecnocursos/engines';
import { throwError, type Observable } from 'rxjs';
import { z } from 'zod';
import { backgroundContext, type CallContext, runInContext } from './call-context.js';
import { connectBus, type BusConnection } from './connection.js';
import { RpcClient } from './rpc-client.js';
import { RpcHandler, RpcServer, StreamHandler } from './rpc-server.js';

const TENANT = '0b7c9b7e-3f7e-4d56-9f1c-0d8c3f0e2a11';
const request = z.strictObject({ text: z.string().min(1), delay_ms: z.int().default(0) });
const echo = defineRpc('test.text.echo.v1', { summary: 'Echo', request, reply: z.object({ text: z.string(), tenant: z.string(), request_id: z.string(), key: z.string() }) });
const refuse = defineRpc('test.text.refuse.v1', { summary: 'Refuse', request, reply: z.object({}) });
const crash = defineRpc('test.text.crash.v1', { summary: 'Crash', request, reply: z.object({}) });
const lie = defineRpc('test.text.lie.v1', { summary: 'Answer against the contract', request, reply: z.object({ number: z.int() }) });
const slow = defineRpc('test.text.slow.v1', { summary: 'Work until told to stop', request, reply: z.object({}), timeoutMs: 20_000 });
const nobody = defineRpc('test.text.nobody.v1', { summary: 'Nobody serves it', request, reply: z.object({}) });

const count = defineStream('test.number.count.v1', { summary: 'Count', request: z.strictObject({ to: z.int(), then: z.enum(['end', 'fail', 'hang', 'lie']).default('end') }), part: z.object({ number: z.int(), mode: z.string() }) });

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
  @StreamHandler(count)
  async count({ to, then }: { to: number; then: string }, { signal, mode }: CallContext): Promise<AsyncIterable<{ number: number; mode: string }>> {
    if (to < 0) throw new AppError('conflict', 'Nothing to count.');
    return (async function* () {
      try {
        for (let number = 1; number <= to; number += 1) yield { number, mode: mode ?? 'live' };
        if (then === 'lie') yield { number: 1.5, mode: '' };
        if (then === 'fail') throw new AppError('provider_failed', 'Broke.', { retryAfterS: 2 });
        if (then === 'hang') await new Promise((resolve) => signal.addEventListener('abort', resolve));
      } finally {
        stopped.push(`count ${then}`);
      }
    })();
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

  describe('streams', () => {
    const read = async (request: { to: number; then?: 'end' | 'fail' | 'hang' | 'lie' }, enough = Infinity): Promise<{ numbers: number[]; error?: AppError }> => {
      const numbers: number[] = [];
      try {
        for await (const { number } of client.stream(count, request, { tenantId: TENANT })) {
          numbers.push(number);
          if (numbers.length >= enough) break;
        }
      } catch (error) {
        return { numbers, error: error as AppError };
      }
      return { numbers };
    };

    it('arrive whole and in order', async () => {
      const { numbers, error } = await read({ to: 2_000 });
      expect([numbers.length, numbers[0], numbers.at(-1), error]).toEqual([2_000, 1, 2_000, undefined]);
      expect(numbers).toEqual(numbers.toSorted((a, b) => a - b));
    });

    it('end with an error that keeps its code, before or after the first part', async () => {
      expect(await read({ to: -1 })).toMatchObject({ numbers: [], error: { code: 'conflict' } });
      expect(await read({ to: 3, then: 'fail' })).toMatchObject({ numbers: [1, 2, 3], error: { code: 'provider_failed', retryAfterS: 2 } });
      expect(await read({ to: 1, then: 'lie' })).toMatchObject({ numbers: [1], error: { code: 'internal' } });
      expect(await read({ to: 1.5 })).toMatchObject({ numbers: [], error: { code: 'invalid_request' } });
    });

    it('stop the server when the reader leaves', async () => {
      stopped.length = 0;
      expect(await read({ to: 5, then: 'hang' }, 5)).toEqual({ numbers: [1, 2, 3, 4, 5] });
      for (let tries = 0; tries < 30 && stopped.length === 0; tries += 1) await wait(50);
      expect(stopped).toEqual(['count hang']);
    });

    it('stop when the caller gives up, and at the deadline', async () => {
      const abort = new AbortController();
      const parts = client.stream(count, { to: 1, then: 'hang' }, { tenantId: TENANT, signal: abort.signal });
      expect((await parts.next()).value).toEqual({ number: 1, mode: 'live' });
      abort.abort();
      await expect(parts.next()).rejects.toMatchObject({ code: 'canceled' });
      const late = client.stream(count, { to: 1, then: 'hang' }, { tenantId: TENANT, timeoutMs: 200 });
      await late.next();
      await expect(late.next()).rejects.toMatchObject({ code: 'timeout' });
    });

    it('carry the test mode of the caller', async () => {
      await runInContext({ ...backgroundContext(TENANT, 'req-2'), mode: 'test' }, async () => {
        expect((await client.stream(count, { to: 1 }).next()).value).toEqual({ number: 1, mode: 'test' });
      });
    });
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
