import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { service as ai } from '@tecnocursos/ai';
import { newApiKey, service as identity } from '@tecnocursos/identity';
import { service as insights } from '@tecnocursos/insights';
import { start as startGateway, type RunningGateway } from '@tecnocursos/gateway';
import { startService, type RunningService } from '@tecnocursos/nest-kit';
import { startSandbox, type RunningSandbox } from '@tecnocursos/sandbox';
import { createTestRuntime, startNatsServer, type TestNatsServer, type TestRuntime } from '@tecnocursos/testing';
import OpenAI from 'openai';

/** The members that our answers have beside OpenAI's. */
interface Extended {
  tecnocursos?: { served_by: { provider: string; simulated: boolean } };
}

const MESSAGES = [{ role: 'user' as const, content: 'Explique em duas frases o que é fotossíntese.' }];

describe('the official OpenAI client, pointed at the gateway', () => {
  const key = newApiKey();
  let directory: string;
  let broker: TestNatsServer;
  let runtime: TestRuntime;
  let sandbox: RunningSandbox;
  let services: RunningService[];
  let gateway: RunningGateway;
  let client: OpenAI;

  beforeAll(async () => {
    [directory, broker, sandbox] = await Promise.all([mkdtemp(join(tmpdir(), 'tecnocursos-chat-')), startNatsServer(), startSandbox()]);
    runtime = createTestRuntime(broker.url, {
      DATA_DIR: directory, USAGE_JOURNAL_DIR: join(directory, 'journal'), PORT: '0', STORAGE_INTERNAL_URL: 'http://127.0.0.1:9', IDENTITY_BOOTSTRAP_API_KEY: key,
      SANDBOX_URL: sandbox.url, MAX_EVENT_LOOP_LAG_MS: '60000',
    });
    services = [];
    for (const definition of [identity, insights, ai]) services.push(await startService(definition, runtime));
    gateway = await startGateway(runtime);
    client = new OpenAI({ apiKey: key, baseURL: `${gateway.url}/v1`, maxRetries: 0 });
  }, 60_000);

  afterAll(async () => {
    await gateway.close();
    for (const service of services) await service.close();
    await sandbox.close();
    await runtime.close();
    await broker.stop();
    await rm(directory, { recursive: true, force: true });
  }, 30_000);

  it('gets an answer, and learns who gave it', async () => {
    const { data, response } = await client.chat.completions.create({ model: 'standard', messages: MESSAGES }).withResponse();
    expect(data.choices[0]?.message.content).toMatch(/\w{3}/);
    expect(data.usage?.total_tokens).toBeGreaterThan(5);
    const served = (data as Extended).tecnocursos?.served_by;
    expect(served).toMatchObject({ provider: expect.stringMatching(/^[a-z]/), simulated: true });
    expect([response.headers.get('x-tc-provider'), response.headers.get('x-tc-simulated')]).toEqual([served?.provider, 'true']);
  });

  it('gets a stream: text in its order, the finish, usage, and the end', async () => {
    const { data, response } = await client.chat.completions.create({ model: 'openai/gpt-6.1-terra', messages: MESSAGES, stream: true, stream_options: { include_usage: true } }).withResponse();
    expect(response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
    const chunks = [];
    for await (const chunk of data) chunks.push(chunk);
    const text = chunks.map(({ choices }) => choices[0]?.delta.content ?? '').join('');
    expect(text).toMatch(/\w{3}/);
    expect(chunks.map(({ choices }) => choices[0]?.finish_reason).filter(Boolean)).toEqual(['stop']);
    expect(chunks.at(-1)?.usage?.total_tokens).toBeGreaterThan(5);
    expect(chunks.some((chunk) => (chunk as Extended).tecnocursos?.served_by.provider === 'openai')).toBe(true);
    expect(new Set(chunks.map(({ id }) => id)).size).toBe(1);
  });

  it('may leave a stream, and the next one comes whole', async () => {
    const stream = await client.chat.completions.create({ model: 'standard', messages: MESSAGES, stream: true });
    for await (const chunk of stream) {
      expect(chunk.object).toBe('chat.completion.chunk');
      break;
    }
    const again = await client.chat.completions.create({ model: 'standard', messages: MESSAGES, stream: true });
    let finished = '';
    for await (const { choices } of again) finished = choices[0]?.finish_reason ?? finished;
    expect(finished).toBe('stop');
  });

  it('lists tiers and models', async () => {
    const ids = (await client.models.list()).data.map(({ id }) => id);
    expect(ids).toEqual(expect.arrayContaining(['economy', 'standard', 'premium']));
    expect(ids.some((id) => id.startsWith('openai/'))).toBe(true);
  });

  it('is refused in its own words', async () => {
    await expect(client.chat.completions.create({ model: 'no-such-model', messages: MESSAGES })).rejects.toMatchObject({ status: 400, param: 'model', code: 'invalid_request' });
    await expect(client.chat.completions.create({ model: 'standard', messages: [] })).rejects.toBeInstanceOf(OpenAI.BadRequestError);
    const stranger = new OpenAI({ apiKey: newApiKey(), baseURL: `${gateway.url}/v1`, maxRetries: 0 });
    await expect(stranger.chat.completions.create({ model: 'standard', messages: MESSAGES, stream: true })).rejects.toBeInstanceOf(OpenAI.AuthenticationError);
  });

  it('the overview of integrations answers with a slash at its end and without', async () => {
    for (const path of ['/api/integrations', '/api/integrations/']) {
      const response = await fetch(gateway.url + path, { headers: { authorization: `Bearer ${key}` } });
      expect([path, response.status]).toEqual([path, 200]);
      expect(JSON.stringify(await response.json())).toContain('"openai"');
    }
  });
});
