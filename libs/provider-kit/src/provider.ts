import { setTimeout as sleep } from 'node:timers/promises';
import type { IntegrationDomain } from '@tecnocursos/contracts';
import type { z } from 'zod';
import type { ProviderKnobs } from './config/knobs.js';
import type { ProviderFailure } from './failure.js';
import type { PriceTable } from './pricing/price-table.js';
import type { Secret } from './secret.js';

/** Where a provider's calls go: the vendor itself, the sandbox in its place, an engine on this machine, or nowhere. */
export type ProviderMode = 'live' | 'sandbox' | 'local' | 'off';

/** Something about a provider that its operator should know: `gpt-5 shuts down on 2026-12-11`. */
export interface ProviderNotice {
  readonly severity: 'info' | 'warning';
  readonly text: string;
}

export interface ProviderSettings<Environment extends z.ZodRawShape = z.ZodRawShape> {
  readonly mode: ProviderMode;
  /** Address that the vendor's client is pointed at, without a slash at the end: the vendor's, or the sandbox's. */
  readonly baseUrl: string;
  /** Of the variables in `credentials`; stand-ins when the sandbox is addressed. */
  readonly credential: (variable: string) => Secret;
  readonly knobs: ProviderKnobs;
  /** The provider's own variables, parsed by its `environment`. */
  readonly environment: z.output<z.ZodObject<Environment>>;
}

/** What a provider may use of its surroundings. */
export interface ProviderRuntime {
  /** `fetch` over pooled connections without web streams where a body is read whole; for SDKs that take one. */
  readonly fetch: typeof globalThis.fetch;
  /** For addresses that a vendor's answer names: public ones alone, over https, within limits of size and time. Without it such addresses are not read. */
  readonly fetchNamed?: typeof globalThis.fetch;
  readonly now: () => number;
  /** Waits between two looks at work that is under way, and rejects when the signal aborts; `systemWait` when absent. */
  readonly wait?: Wait;
}

export type Wait = (milliseconds: number, signal: AbortSignal) => Promise<void>;

export const systemWait: Wait = (milliseconds, signal) => sleep(milliseconds, undefined, { signal });

/**
 * A vendor or local engine that implements a domain's port. One folder, one line in the domain's list: variables, prices, tests and health follow from it.
 */
export interface ProviderDefinition<Port, Environment extends z.ZodRawShape = z.ZodRawShape> {
  /** Stable, in kebab-case: `openai`. What users write and ledgers keep. */
  readonly id: string;
  readonly title: string;
  readonly domain: IntegrationDomain;
  readonly kind: 'remote' | 'local';
  /** Operations of the domain that it can do. */
  readonly capabilities: readonly string[];
  /** Begins the names of its variables: `OPENAI`. */
  readonly variablePrefix: string;
  /** Variables that must be set for the vendor itself to be called, without the prefix: `API_KEY`. A local engine has none. */
  readonly credentials: readonly string[];
  /** The vendor's own address, and what its simulator is called in the sandbox with the path below it: `/openai/v1`. */
  readonly address?: { readonly live: string; readonly sandbox: string };
  readonly defaults?: Partial<ProviderKnobs>;
  /** Further variables by their full names, each with a description. */
  readonly environment?: Environment;
  readonly prices: PriceTable;
  create(settings: ProviderSettings<Environment>, runtime: ProviderRuntime): Port;
  /** What an error of its client means. Called for whatever the port throws that is no `ProviderFailure`. */
  toFailure(error: unknown, now: number): ProviderFailure;
  notices?(settings: ProviderSettings<Environment>, now: number): readonly ProviderNotice[];
  /** Whether a local engine is there. */
  probe?(settings: ProviderSettings<Environment>): Promise<{ status: 'up' | 'down'; detail?: string }>;
}

/** Types a definition; it changes nothing. */
export const defineProvider = <Port>() => <Environment extends z.ZodRawShape = Record<never, never>>(
  definition: ProviderDefinition<Port, Environment>,
): ProviderDefinition<Port, Environment> => definition;
