import { setTimeout as sleep } from 'node:timers/promises';
import type { SandboxCall, SandboxFaultRule, SandboxHistory, SandboxHistoryQuery, SandboxSettingsInput } from '@tecnocursos/contracts';
import { configureProvider, createVendorHttp, ProviderFailure, type ProviderDefinition } from '@tecnocursos/provider-kit';
import type { z } from 'zod';
import type { AiProvider } from '../ports/ai-provider.port.js';
import type { Generation, GenerationPart, GenerationRequest, LanguageModel } from '../ports/language-model.port.js';
import { validateExchange } from './vendor-documents.harness.js';

type Rule = Pick<SandboxFaultRule, 'fault'> & Partial<SandboxFaultRule>;
export type SamplingOption = 'temperature' | 'topP' | 'seed';

/** What the suite needs of a running sandbox; specifications hand it in, because only they may import another app. */
export interface SandboxUnderTest {
  readonly url: string;
  configure(settings: SandboxSettingsInput): unknown;
  history(query?: SandboxHistoryQuery): SandboxHistory;
  clear(vendor?: string): number;
  close(): Promise<void>;
}

const PART_PAUSE_MS = 5;

/** The simulated vendors' time: as it is, or with every wait, whatever it is for, a few milliseconds long. */
export class VendorTime {
  isHurried = false;

  now(): number {
    return Date.now();
  }

  async wait(milliseconds: number, signal: AbortSignal): Promise<void> {
    await sleep(this.isHurried ? PART_PAUSE_MS : milliseconds, undefined, { signal });
  }
}

/** What a vendor's specification says of itself to the contract suite. */
export interface LanguageModelCase {
  /** `startSandbox` of `@tecnocursos/sandbox`. */
  readonly startSandbox: (options: { readonly seed: number; readonly clock: VendorTime }) => Promise<SandboxUnderTest>;
  readonly definition: ProviderDefinition<AiProvider, z.ZodRawShape>;
  /** Key of the definition's one credential, well-formed in the vendor's eyes and never to be seen in a failure. */
  readonly key: string;
  /** Name of the vendor in the sandbox. */
  readonly vendor: string;
  readonly notHonoured?: readonly SamplingOption[];
  /** The vendor's OpenAPI document, `openai.json`: every request is checked against it where the documents are at hand. */
  readonly document?: string;
}

/** A live provider whose address is the sandbox, driven as the provider chain drives it. */
export class LanguageModelSubject {
  readonly provider: AiProvider;
  readonly language: LanguageModel;
  readonly model: string;
  /** What services use: not the platform's `fetch`. */
  private readonly http = createVendorHttp();

  constructor(
    readonly of: LanguageModelCase,
    private readonly sandbox: SandboxUnderTest,
    private readonly time: VendorTime,
  ) {
    const { definition, key } = of;
    const prefix = definition.variablePrefix;
    const configured = configureProvider(
      definition as unknown as ProviderDefinition<never>,
      { [`${prefix}_${definition.credentials[0]}`]: key, [`${prefix}_BASE_URL`]: `${sandbox.url}${definition.address?.sandbox}` },
      { url: sandbox.url, production: false },
    );
    if ('problems' in configured) throw new Error(configured.problems.join('; '));
    this.provider = definition.create(configured.settings, { fetch: this.http.fetch, now: Date.now });
    if (!this.provider.language) throw new Error(`${definition.id} has no language model`);
    this.language = this.provider.language;
    this.model = this.provider.models.standard;
  }

  close(): Promise<void> {
    return this.http.close();
  }

  /** Success without faults, no calls counted. */
  reset(): void {
    this.time.isHurried = false;
    this.sandbox.configure({ vendor: this.of.vendor, reset: true, mode: 'success', faults: [] });
    this.sandbox.clear();
  }

  /** The vendor sends the parts of a stream one by one, with a pause after each: none leaves together with the next. */
  pace(): void {
    this.time.isHurried = true;
    this.sandbox.configure({ vendor: this.of.vendor, mode: 'realistic', failure_rate: 0 });
  }

  fail(rule: Rule): void {
    this.sandbox.configure({ vendor: this.of.vendor, faults: [{ probability: 1, ...rule }] });
  }

  generate(request: GenerationRequest, signal: AbortSignal = new AbortController().signal): Promise<Generation> {
    return this.language.generate(request, { signal });
  }

  stream(request: GenerationRequest, signal: AbortSignal = new AbortController().signal): AsyncIterable<GenerationPart> {
    return this.language.stream(request, { signal });
  }

  async collect(request: GenerationRequest, signal?: AbortSignal): Promise<GenerationPart[]> {
    const parts: GenerationPart[] = [];
    for await (const part of this.stream(request, signal)) parts.push(part);
    return parts;
  }

  /** The failure that a call ends in, in the house's words; throws when it does not fail. */
  async failureOf(call: Promise<unknown>): Promise<ProviderFailure> {
    try {
      await call;
    } catch (error) {
      return error instanceof ProviderFailure ? error : this.of.definition.toFailure(error, Date.now());
    }
    throw new Error('The call did not fail.');
  }

  /** What was received, oldest first. */
  calls(): SandboxCall[] {
    return this.sandbox.history({ vendor: this.of.vendor, limit: 100 }).calls.toReversed();
  }

  /** What is wrong with the requests that were received, by the vendor's own document. */
  problems(): string[] {
    const { document, vendor } = this.of;
    if (document === undefined) return [];
    return this.calls().flatMap(({ method, path, request }) => {
      const [below = ''] = path.replace(`/${vendor}`, '').split('?');
      return validateExchange(document, method, below, { request: JSON.parse(request.body ?? 'null') });
    });
  }

  /** Waits until so many calls have ended at the sandbox. */
  async ended(count: number, withinMs = 3_000): Promise<SandboxCall[]> {
    const deadline = Date.now() + withinMs;
    while (this.calls().length < count && Date.now() < deadline) await new Promise((resolve) => setTimeout(resolve, 10));
    return this.calls();
  }

  /** Body of the only call, as text. */
  sentText(): string {
    const calls = this.calls();
    if (calls.length !== 1) throw new Error(`${calls.length} calls were received instead of 1.`);
    return calls[0]?.request.body ?? '';
  }
}
