import { z } from 'zod';
import type { ProviderDefinition, ProviderMode, ProviderSettings } from '../provider.js';
import { Secret } from '../secret.js';
import { DEFAULT_KNOBS, knobKey, KNOBS, type ProviderKnobs } from './knobs.js';

/** One variable of the environment, as it stands in `.env.example`. */
export interface DocumentedVariable {
  readonly name: string;
  readonly description: string;
  readonly defaultValue: string | undefined;
  readonly secret: boolean;
}

export interface ProviderConfiguration {
  readonly settings: ProviderSettings;
  /** Why the provider is in its mode, for people. */
  readonly reason: string;
  readonly secrets: readonly Secret[];
}

export type VariableSource = Readonly<Record<string, string | undefined>>;
type AnyDefinition = ProviderDefinition<unknown>;

export interface SandboxAccess {
  /** Address of the sandbox; absent where none runs. */
  readonly url: string | undefined;
  readonly production: boolean;
}

const given = (source: VariableSource, name: string): string | undefined => (source[name] === '' ? undefined : source[name]);

/** Knobs, credentials and own variables of a provider, for the generated `.env.example` and for finding unknown names. */
export function variablesOf(definition: AnyDefinition): DocumentedVariable[] {
  const defaults = { ...DEFAULT_KNOBS, ...definition.defaults };
  const credentials = definition.credentials.map((name) => ({
    name: `${definition.variablePrefix}_${name}`, description: `credential of ${definition.title}`, defaultValue: undefined, secret: true,
  }));
  const knobs = knobNames(definition).map((name) => ({
    name: `${definition.variablePrefix}_${name}`,
    description: KNOBS[name].meta()?.description ?? '',
    defaultValue: name === 'BASE_URL' ? definition.address?.live : textOf(defaults[knobKey(name)]),
    secret: false,
  }));
  const own = Object.entries(definition.environment ?? {}).map(([name, schema]) => ({
    name, description: descriptionOf(schema), defaultValue: textOf(schemaDefault(schema)), secret: false,
  }));
  return [...credentials, ...own, ...knobs];
}

/** Reads a provider's variables; every problem is told by the variable's name. */
export function configureProvider(definition: AnyDefinition, source: VariableSource, sandbox: SandboxAccess): ProviderConfiguration | { problems: string[] } {
  const problems: string[] = [];
  const knobs = readKnobs(definition, source, problems);
  const own = z.object(definition.environment ?? {}).safeParse(Object.fromEntries(
    Object.keys(definition.environment ?? {}).flatMap((name) => (given(source, name) === undefined ? [] : [[name, given(source, name)]])),
  ));
  if (!own.success) problems.push(...own.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`));
  const credentials = readCredentials(definition, source);
  if (credentials.size > 0 && credentials.size < definition.credentials.length) {
    const missing = definition.credentials.filter((name) => !credentials.has(name)).map((name) => `${definition.variablePrefix}_${name}`);
    problems.push(...missing.map((name) => `${name}: is required beside the other credentials of ${definition.title}`));
  }
  if (problems.length > 0 || !own.success) return { problems };
  const { mode, reason } = modeOf(definition, knobs, credentials.size === definition.credentials.length, sandbox);
  const settings: ProviderSettings = {
    mode,
    baseUrl: mode === 'sandbox' ? `${sandbox.url}${definition.address?.sandbox ?? ''}` : knobs.baseUrl ?? definition.address?.live ?? '',
    credential: (name) => (mode === 'live' ? credentials.get(name) : undefined) ?? new Secret(`sandbox-${definition.id}-credential`),
    knobs,
    environment: own.data,
  };
  return { settings, reason, secrets: [...credentials.values()] };
}

/** A second configuration of a live provider whose calls go to the sandbox, for test keys; undefined where no sandbox is. */
export function sandboxed(definition: AnyDefinition, configuration: ProviderConfiguration, sandbox: SandboxAccess): ProviderConfiguration | undefined {
  const { settings } = configuration;
  if (settings.mode !== 'live' || sandbox.url === undefined || !definition.address) return undefined;
  return {
    settings: { ...settings, mode: 'sandbox', baseUrl: `${sandbox.url}${definition.address.sandbox}`, credential: () => new Secret(`sandbox-${definition.id}-credential`) },
    reason: 'for test keys',
    secrets: [],
  };
}

function modeOf(definition: AnyDefinition, knobs: ProviderKnobs, hasCredentials: boolean, sandbox: SandboxAccess): { mode: ProviderMode; reason: string } {
  const prefix = definition.variablePrefix;
  if (!knobs.enabled) return { mode: 'off', reason: `${prefix}_ENABLED is false` };
  if (definition.kind === 'local') return { mode: 'local', reason: 'runs on this machine' };
  if (hasCredentials && definition.credentials.length > 0 && knobs.sandbox !== true) return { mode: 'live', reason: 'credentials are set' };
  const missing = definition.credentials.map((name) => `${prefix}_${name}`).join(', ');
  if (sandbox.url === undefined) return { mode: 'off', reason: hasCredentials ? 'no sandbox runs' : `${missing} not set, and no sandbox runs` };
  if (knobs.sandbox === false) return { mode: 'off', reason: `${missing} not set, and ${prefix}_SANDBOX is false` };
  if (sandbox.production && knobs.sandbox !== true) return { mode: 'off', reason: `${missing} not set; in production the sandbox must be allowed with ${prefix}_SANDBOX` };
  return { mode: 'sandbox', reason: knobs.sandbox ? `${prefix}_SANDBOX is true` : `${missing} not set: the sandbox stands in` };
}

function readKnobs(definition: AnyDefinition, source: VariableSource, problems: string[]): ProviderKnobs {
  const knobs: Record<string, unknown> = { ...DEFAULT_KNOBS, ...definition.defaults };
  for (const name of knobNames(definition)) {
    const text = given(source, `${definition.variablePrefix}_${name}`);
    if (text === undefined) continue;
    const parsed = KNOBS[name].safeParse(text);
    if (parsed.success) knobs[knobKey(name)] = parsed.data;
    else problems.push(`${definition.variablePrefix}_${name}: ${parsed.error.issues[0]?.message ?? 'is not valid'}`);
  }
  return knobs as unknown as ProviderKnobs;
}

function readCredentials(definition: AnyDefinition, source: VariableSource): Map<string, Secret> {
  const found = new Map<string, Secret>();
  for (const name of definition.credentials) {
    const value = given(source, `${definition.variablePrefix}_${name}`);
    if (value !== undefined) found.set(name, new Secret(value));
  }
  return found;
}

const REMOTE_ONLY = new Set<string>(['BASE_URL', 'SANDBOX', 'RATE_LIMIT_RPM', 'RATE_LIMIT_TPM', 'DAILY_BUDGET_USD', 'MONTHLY_BUDGET_USD']);

const knobNames = ({ kind }: AnyDefinition): (keyof typeof KNOBS)[] =>
  (Object.keys(KNOBS) as (keyof typeof KNOBS)[]).filter((name) => kind === 'remote' || !REMOTE_ONLY.has(name));

const textOf = (value: unknown): string | undefined => (value === undefined ? undefined : Array.isArray(value) ? value.join(',') : String(value));

const descriptionOf = (schema: unknown): string => (schema as z.ZodType).meta()?.description ?? '';

function schemaDefault(schema: unknown): unknown {
  const parsed = (schema as z.ZodType).safeParse(undefined);
  return parsed.success ? parsed.data : undefined;
}
