import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  analyzeContent, ChatCompletionSchema, ChatRequestSchema, createOutline, describeImage, generateQuiz, generateScript, improveText, moderateContent, parseOrThrow, translateText, type ChatChunk,
} from '@tecnocursos/contracts';
import { createProviderSet } from '@tecnocursos/integration-kit';
import { createVendorHttp, ProviderChain, ResponseCache, UNLIMITED, type VendorHttp } from '@tecnocursos/provider-kit';
import { startSandbox, type RunningSandbox } from '@tecnocursos/sandbox';
import { ChatService } from './chat/chat.service.js';
import type { AiProvider } from './ports/ai-provider.port.js';
import { AI_PROVIDERS } from './providers/index.js';
import { FOTOSSINTESE } from './providers/local/testing/photosynthesis.fixture.js';
import { caller, servicesOver, type TestServices } from './testing/ai-chain.fixture.js';

const KEY = 'courses/1/document.json';
/** One pixel. */
const PNG = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');
const base = { document_key: KEY, language: 'pt-BR' } as const;
const TEXT = 'A água ferve a cem graus. O vapor sobe e forma nuvens.\n\nAs nuvens viram chuva.';

let sandbox: RunningSandbox;
let http: VendorHttp;
let services: TestServices;

beforeAll(async () => {
  sandbox = await startSandbox({ mode: 'fast', seed: 1 });
  http = createVendorHttp();
  const { handles } = createProviderSet<AiProvider>({ definitions: AI_PROVIDERS, environment: {}, sandbox: { url: sandbox.url, production: false }, runtime: { fetch: http.fetch, now: Date.now } });
  const chain = new ProviderChain<AiProvider>({ domain: 'ai', handles, policy: 'priority', budgets: UNLIMITED, ledger: { record: () => undefined }, cache: new ResponseCache() });
  services = { ...servicesOver(chain, { [KEY]: FOTOSSINTESE, 'a/b.png': PNG }), records: [] };
});

afterAll(async () => {
  await http.close();
  await sandbox.close();
});

describe.each(AI_PROVIDERS.filter(({ kind }) => kind === 'remote').map(({ id }) => id))('the operations through %s’s wire', (provider) => {
  const routing = { provider, allow_fallback: false };
  const by = { served_by: { provider, simulated: true } };

  it('make a course of a document', async () => {
    const outlined = parseOrThrow(createOutline.reply, await services.ai.outline(parseOrThrow(createOutline.request, { ...base, routing }), caller()));
    expect(outlined).toMatchObject(by);
    const [lesson] = outlined.outline.lessons;
    const scripted = parseOrThrow(generateScript.reply, await services.ai.script(parseOrThrow(generateScript.request, { ...base, course_title: 'x', lesson, lesson_count: 1, style: 'formal', routing }), caller()));
    expect(scripted).toMatchObject(by);
    expect(parseOrThrow(generateQuiz.reply, await services.ai.quiz(parseOrThrow(generateQuiz.request, { ...base, lesson, routing }), caller()))).toMatchObject(by);
  });

  it('work on texts', async () => {
    const { texts } = services;
    expect(parseOrThrow(analyzeContent.reply, await texts.analyze(parseOrThrow(analyzeContent.request, { text: TEXT, routing }), caller()))).toMatchObject(by);
    expect(parseOrThrow(improveText.reply, await texts.improve(parseOrThrow(improveText.request, { text: TEXT, language: 'pt-BR', routing }), caller()))).toMatchObject(by);
    expect(parseOrThrow(translateText.reply, await texts.translate(parseOrThrow(translateText.request, { text: TEXT, target_language: 'en', routing }), caller()))).toMatchObject(by);
    expect(parseOrThrow(moderateContent.reply, await texts.moderate(parseOrThrow(moderateContent.request, { inputs: ['Bom dia.', TEXT], routing }), caller()))).toMatchObject(by);
  });

  it('describe a picture, or say that the vendor cannot', async () => {
    const described = services.texts.describe(parseOrThrow(describeImage.request, { image_key: 'a/b.png', language: 'pt-BR', routing }), caller());
    const isAble = AI_PROVIDERS.find(({ id }) => id === provider)?.capabilities.includes('describe-image');
    if (isAble) expect(parseOrThrow(describeImage.reply, await described)).toMatchObject(by);
    else await expect(described).rejects.toMatchObject({ code: 'invalid_request', detail: expect.stringMatching(/cannot do "describe-image"/) });
  });

  it('chat', async () => {
    const chat = new ChatService(services.chain, Date.now);
    const request = parseOrThrow(ChatRequestSchema, { model: `${provider}/any-model`, messages: [{ role: 'user', content: 'Olá' }] });
    const tier = { ...request, model: 'economy', tecnocursos: routing };
    expect(parseOrThrow(ChatCompletionSchema, await chat.complete(tier, caller())).tecnocursos).toMatchObject(by);
    let last: ChatChunk | undefined;
    for await (const chunk of await chat.chunks(tier, caller())) last = chunk;
    expect(last?.tecnocursos).toMatchObject(by);
    await expect(chat.complete(request, caller())).rejects.toMatchObject({ code: 'invalid_request' });
  });
});
