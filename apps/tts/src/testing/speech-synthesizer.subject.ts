import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { SandboxCall, SandboxFaultRule, Voice } from '@tecnocursos/contracts';
import { runProgram } from '@tecnocursos/engines';
import { configureProvider, createVendorHttp, ProviderFailure, type ProviderDefinition, type VendorHttp } from '@tecnocursos/provider-kit';
import type { RunningSandbox } from '@tecnocursos/sandbox';
import { readWav } from '../audio/wav.js';
import { HOUSE_VOICES } from '../house-voices.js';
import { narrate, type Narration } from '../narration/narrate.js';
import type { SpeechOrder, SpeechSynthesizer, Utterance } from '../ports/speech-synthesizer.port.js';
import { parsePlainText } from '../ssml/script-builder.js';
import { parseSsml } from '../ssml/ssml-parser.js';

/** What a provider's specification says of itself to the contract suite. */
export interface SpeechCase {
  readonly definition: ProviderDefinition<SpeechSynthesizer>;
  /** Values of its credentials, well-formed in the vendor's eyes and never to be seen in a failure. None: a local engine. */
  readonly credentials: Readonly<Record<string, string>>;
  readonly environment?: Readonly<Record<string, string>>;
  /** Starts the simulated vendors; in the specification, which alone may import another app. */
  readonly startSandbox?: (options: { seed: number }) => Promise<RunningSandbox>;
  readonly timing: 'measured' | 'estimated';
  /** HTTP requests for one utterance, voices known already; the least of them where it is asked again and again whether the work has ended. */
  readonly requests: number;
  readonly polls?: boolean;
  /** Whether its answers are bytes of audio: shorter ones cannot be told from whole ones. */
  readonly raw?: boolean;
  /** Operations of the sandbox that speak, where others come before them. */
  readonly operations?: readonly string[];
  /** Checks a call that the sandbox received against the vendor's own document; throws when it breaks it. */
  readonly check?: (call: SandboxCall) => void;
}

/** Simulated work ends long before a vendor's would: it is looked at so many times as often. */
const HURRY = 10;

export interface Order {
  readonly text?: string;
  readonly ssml?: string;
  readonly voice?: string;
  readonly rate?: number;
  readonly pitch?: number;
  readonly model?: string;
  readonly signal?: AbortSignal;
}

export type Heard = Narration & { samples: Int16Array };
/** With the length that a program which knows nothing of us tells. */
export type Probed = Heard & { probedMs: number };

const voiceNamed = (id: string): Voice => HOUSE_VOICES.find((voice) => voice.id === id) ?? (HOUSE_VOICES[0] as Voice);

/** A provider whose address is the sandbox, driven as the service drives it, and listened to. */
export class SpeechSubject {
  readonly port: SpeechSynthesizer;
  private readonly http: VendorHttp = createVendorHttp();

  constructor(
    readonly of: SpeechCase,
    private readonly sandbox: RunningSandbox | undefined,
  ) {
    const { definition, credentials, environment } = of;
    const prefix = definition.variablePrefix;
    const named = Object.fromEntries(Object.entries(credentials).map(([name, value]) => [`${prefix}_${name}`, value]));
    const address = sandbox === undefined ? {} : { [`${prefix}_BASE_URL`]: `${sandbox.url}${definition.address?.sandbox}` };
    const configured = configureProvider(definition as unknown as ProviderDefinition<never>, { ...named, ...address, ...environment }, { url: sandbox?.url, production: false });
    if ('problems' in configured) throw new Error(configured.problems.join('; '));
    if (sandbox && configured.settings.mode !== 'live') throw new Error(`${definition.id} is ${configured.settings.mode}: ${configured.reason}`);
    this.port = definition.create(configured.settings as never, {
      fetch: this.http.fetch, now: Date.now, wait: (milliseconds, signal) => sleep(milliseconds / HURRY, undefined, { signal }),
    });
  }

  close(): Promise<void> {
    return this.http.close();
  }

  reset(): void {
    this.sandbox?.configure({ vendor: this.of.definition.id, reset: true, mode: 'success', faults: [] });
    this.sandbox?.clear();
  }

  fail(rule: Pick<SandboxFaultRule, 'fault'> & Partial<SandboxFaultRule>): void {
    for (const operation of this.of.operations ?? [undefined]) {
      this.sandbox?.configure({ vendor: this.of.definition.id, ...(operation !== undefined && { operation }), faults: [{ probability: 1, ...rule }] });
    }
  }

  orderOf({ text = 'A planta usa a energia da luz. E cresce.', ssml, voice = 'francisca', rate = 1, pitch = 0, model }: Order): SpeechOrder {
    const house = voiceNamed(voice);
    const { language } = house;
    const script = ssml === undefined ? parsePlainText(text, language) : parseSsml(ssml, language);
    return { script, language, voice: { kind: 'house', voice: house }, model: model ?? this.port.models.standard, rate, pitch };
  }

  hear(order: Order): Promise<Heard> {
    return this.narrate(order, async (heard) => heard);
  }

  probe(order: Order): Promise<Probed> {
    return this.narrate(order, async (heard) => ({ ...heard, probedMs: await probedMs(heard.wavPath) }));
  }

  private async narrate<T>(order: Order, look: (heard: Heard) => Promise<T>): Promise<T> {
    const folder = await mkdtemp(join(tmpdir(), 'speech-contract-'));
    try {
      const narration = await narrate(this.port, this.orderOf(order), { folder, signal: order.signal ?? new AbortController().signal }, new Map());
      const { samples } = readWav(await readFile(narration.wavPath));
      return await look({ ...narration, samples });
    } finally {
      await rm(folder, { recursive: true });
    }
  }

  async stream(order: Order, take = Infinity): Promise<{ bytes: Buffer; last: unknown }> {
    const folder = await mkdtemp(join(tmpdir(), 'speech-contract-'));
    const parts: Buffer[] = [];
    let last: unknown;
    try {
      const utterance: Utterance = this.orderOf(order);
      for await (const part of this.port.stream?.(utterance, { folder, signal: order.signal ?? new AbortController().signal }) ?? []) {
        last = part;
        if (part.type === 'audio') parts.push(part.bytes);
        if (parts.length >= take) break;
      }
      return { bytes: Buffer.concat(parts), last };
    } finally {
      await rm(folder, { recursive: true });
    }
  }

  /** The failure that work ends in, in the house's words; throws when it does not fail. */
  async failureOf(work: Promise<unknown>): Promise<ProviderFailure> {
    try {
      await work;
    } catch (error) {
      return error instanceof ProviderFailure ? error : this.of.definition.toFailure(error, Date.now());
    }
    throw new Error('It did not fail.');
  }

  /** What was received, oldest first. */
  calls(): SandboxCall[] {
    return this.sandbox?.history({ vendor: this.of.definition.id, limit: 100 }).calls.toReversed() ?? [];
  }

  async ended(count: number, withinMs = 3_000): Promise<SandboxCall[]> {
    const deadline = Date.now() + withinMs;
    while (this.calls().length < count && Date.now() < deadline) await new Promise((resolve) => setTimeout(resolve, 10));
    return this.calls();
  }
}

async function probedMs(path: string): Promise<number> {
  const { stdout } = await runProgram('ffprobe', ['-v', 'error', '-of', 'csv=p=0', '-show_entries', 'format=duration', path]);
  return Number(stdout.toString()) * 1_000;
}
