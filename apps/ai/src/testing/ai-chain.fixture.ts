import { AppError, type UsageRecord } from '@tecnocursos/contracts';
import { BlobStore } from '@tecnocursos/nest-kit';
import {
  configureProvider, defineProvider, PriceTable, ProviderChain, ProviderFailure, ProviderHandle, ResponseCache, UNLIMITED, type ChainCaller, type ProviderDefinition, type VariableSource,
} from '@tecnocursos/provider-kit';
import type { z } from 'zod';
import type { AiConfig } from '../ai.config.js';
import type { AiChain } from '../ai.tokens.js';
import { AiService } from '../ai.service.js';
import { AI_OPERATIONS } from '../capabilities.js';
import { AnalyzeService } from '../operations/analyze/analyze.service.js';
import { DescribeImageService } from '../operations/describe-image/describe-image.service.js';
import { PictureDescriber } from '../operations/describe-image/picture-describer.js';
import { ImproveService } from '../operations/improve/improve.service.js';
import { ModerateService } from '../operations/moderate/moderate.service.js';
import { OperationRunner } from '../operations/operation-runner.js';
import { OutlineService } from '../operations/outline/outline.service.js';
import { QuizService } from '../operations/quiz/quiz.service.js';
import { ScriptService } from '../operations/script/script.service.js';
import { TranslateService } from '../operations/translate/translate.service.js';
import type { AiProvider } from '../ports/ai-provider.port.js';
import { local } from '../providers/local/local.provider.js';
import { TextService } from '../text.service.js';

/** A dollar a million input tokens, ten a million output tokens. */
const PRICES = new PriceTable([
  { model: '*', unit: 'input_tokens', usd: 1, per: 1_000_000, source: 'test', date: '2026-11-25' },
  { model: '*', unit: 'output_tokens', usd: 10, per: 1_000_000, source: 'test', date: '2026-11-25' },
  { model: 'known-model', unit: 'input_tokens', usd: 1, per: 1_000_000, source: 'test', date: '2026-11-25' },
]);

/** A vendor of the tests, live, with a port that the test brings. */
export const vendor = (id: string, port: Partial<AiProvider>, capabilities: readonly string[] = AI_OPERATIONS): ProviderDefinition<AiProvider> =>
  defineProvider<AiProvider>()({
    id, title: id, domain: 'ai', kind: 'remote', capabilities, variablePrefix: id.toUpperCase(), credentials: ['API_KEY'], address: { live: 'http://127.0.0.1:9', sandbox: `/${id}` },
    prices: PRICES, defaults: { maxRetries: 0 },
    create: () => ({ models: { economy: `${id}-small`, standard: `${id}-medium`, premium: `${id}-large` }, ...port }),
    toFailure: (error) => new ProviderFailure('unavailable', 'It failed.', { cause: error }),
  });

export interface TestChain {
  readonly chain: AiChain;
  readonly records: UsageRecord[];
}

/** The real chain over the given providers. */
export function testChain(definitions: readonly ProviderDefinition<AiProvider>[], variables: VariableSource = {}): TestChain {
  const records: UsageRecord[] = [];
  const handles = definitions.map((definition) => {
    const configuration = configureProvider(definition, { [`${definition.variablePrefix}_API_KEY`]: 'test-key-0123456789', ...variables }, { url: undefined, production: false });
    if ('problems' in configuration) throw new Error(configuration.problems.join('; '));
    return new ProviderHandle<AiProvider>(definition, configuration, definition.create(configuration.settings, { fetch: globalThis.fetch, now: Date.now }));
  });
  const chain = new ProviderChain<AiProvider>({ domain: 'ai', handles, policy: 'priority', budgets: UNLIMITED, ledger: { record: (entry) => void records.push(entry) }, cache: new ResponseCache() });
  return { chain, records };
}

export const LOCAL = local as unknown as ProviderDefinition<AiProvider>;

export const caller = (more: Partial<ChainCaller> = {}): ChainCaller => ({
  tenantId: '00000000-0000-4000-8000-000000000001', requestId: 'request-1', deadline: Date.now() + 30_000, signal: new AbortController().signal, mode: 'live', ...more,
});

/** Stored objects in memory: JSON values and bytes by their keys. */
export class StoredObjects extends BlobStore {
  constructor(private readonly objects: Readonly<Record<string, unknown>>) {
    super(undefined as never);
  }

  override async getJson<S extends z.ZodType>(key: string, schema: S): Promise<z.output<S>> {
    return schema.parse(JSON.parse(JSON.stringify(this.stored(key))));
  }

  override async getBytes(key: string, maxBytes = Infinity): Promise<Buffer> {
    const bytes = this.stored(key) as Buffer;
    if (bytes.length > maxBytes) throw new AppError('payload_too_large', `The stored object ${key} has more than ${maxBytes} bytes.`);
    return bytes;
  }

  private stored(key: string): unknown {
    if (!(key in this.objects)) throw new AppError('not_found', `Nothing is stored as ${key}.`);
    return this.objects[key];
  }
}

export interface TestServices extends TestChain {
  readonly ai: AiService;
  readonly texts: TextService;
}

/** The use cases over a chain and stored objects. */
export function servicesOver(chain: AiChain, objects: Readonly<Record<string, unknown>> = {}, settings: Partial<AiConfig> = {}): Omit<TestServices, 'records'> {
  const config: AiConfig = { chunkTokens: 24_000, describePictures: 'auto', ...settings };
  const blobs = new StoredObjects(objects);
  const runner = new OperationRunner(chain);
  const images = new DescribeImageService(runner, blobs);
  const scripts = new ScriptService(runner, new PictureDescriber(images, config), config);
  const ai = new AiService(blobs, new OutlineService(runner, config), scripts, new QuizService(runner, config));
  const texts = new TextService(new ImproveService(runner, config), new AnalyzeService(runner, config), new ModerateService(runner), images, new TranslateService(runner, config));
  return { chain, ai, texts };
}

/** The use cases over the given providers and stored objects. */
export function testServices(definitions: readonly ProviderDefinition<AiProvider>[], objects: Readonly<Record<string, unknown>> = {}, settings: Partial<AiConfig> = {}): TestServices {
  const { chain, records } = testChain(definitions);
  return { ...servicesOver(chain, objects, settings), records };
}
