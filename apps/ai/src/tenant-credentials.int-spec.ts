import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { completeChat, newId, revealCredentials, type ChatCompletion } from '@tecnocursos/contracts';
import { service as insights } from '@tecnocursos/insights';
import { connectBus, ensureStream, RpcClient, STREAMS, type BusConnection } from '@tecnocursos/messaging';
import { startService, type RunningService } from '@tecnocursos/nest-kit';
import { createTestRuntime, startNatsServer, type TestNatsServer, type TestRuntime } from '@tecnocursos/testing';
import { service as ai } from './service.js';

const START_MS = 60_000;
const OURS = 'sk-ours-0123456789abcdef';
const THEIRS = 'sk-theirs-0123456789abcdef';
const COMPLETION = {
  id: 'chatcmpl-1', object: 'chat.completion', created: 1, model: 'gpt-6.1-terra', usage: { prompt_tokens: 5, completion_tokens: 2, total_tokens: 7 },
  choices: [{ index: 0, message: { role: 'assistant', content: 'Olá!', refusal: null }, logprobs: null, finish_reason: 'stop' }],
};

let nats: TestNatsServer;
let bus: BusConnection;
let rpc: RpcClient;
let runtime: TestRuntime;
let vendor: Server;
let journal: string;
const services: RunningService[] = [];
/** The authorizations that the vendor was shown. */
const shown: string[] = [];
const withKey = newId();

beforeAll(async () => {
  nats = await startNatsServer();
  bus = await connectBus({ url: nats.url, name: 'test' });
  await ensureStream(bus, STREAMS.events);
  rpc = new RpcClient(bus);
  runtime = createTestRuntime(nats.url);
  journal = await mkdtemp(join(tmpdir(), 'tc-journal-'));
  vendor = createServer((request, response) => {
    shown.push(request.headers.authorization ?? '');
    request.resume().on('end', () => response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(COMPLETION)));
  });
  await new Promise<void>((resolve) => vendor.listen(0, '127.0.0.1', resolve));
  // Who keeps the credentials, as far as this service meets it.
  bus.subscribe(revealCredentials.subject, {
    callback: (_error, message) => {
      const credentials = message.headers?.get('tc-tenant') === withKey ? { openai: { api_key: THEIRS } } : {};
      message.respond(JSON.stringify({ credentials }));
    },
  });
  services.push(await startService(insights, runtime));
  const environment = { USAGE_JOURNAL_DIR: journal, OPENAI_API_KEY: OURS, OPENAI_BASE_URL: `http://127.0.0.1:${(vendor.address() as AddressInfo).port}/v1`, OPENAI_MAX_RETRIES: '0' };
  services.push(await startService(ai, { ...runtime, environment }));
}, START_MS);

afterAll(async () => {
  for (const service of services.reverse()) await service.close();
  rpc.close();
  await bus.close();
  await runtime.close();
  await nats.stop();
  await new Promise((resolve) => vendor.close(resolve));
  await rm(journal, { recursive: true, force: true });
});

const chat = (tenantId: string): Promise<ChatCompletion> => rpc.call(completeChat, { model: 'standard', messages: [{ role: 'user', content: 'Oi' }] }, { tenantId });

it('calls the vendor with the key that the tenant brought, and for everybody else with ours', async () => {
  const answers = [await chat(withKey), await chat(newId()), await chat(withKey)];
  expect(answers.map(({ tecnocursos }) => tecnocursos?.served_by.provider)).toEqual(['openai', 'openai', 'openai']);
  expect(shown).toEqual([`Bearer ${THEIRS}`, `Bearer ${OURS}`, `Bearer ${THEIRS}`]);
  expect(JSON.stringify(answers)).not.toMatch(/sk-(ours|theirs)/);
});
