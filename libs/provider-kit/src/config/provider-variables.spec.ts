import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { SANDBOX_URL, toyDefinition, type ToyOptions } from '../testing/chain.fixture.js';
import { DEFAULT_KNOBS, KNOBS, knobKey } from './knobs.js';
import { configureProvider, sandboxed, variablesOf, type ProviderConfiguration, type SandboxAccess, type VariableSource } from './provider-variables.js';

const SANDBOX: SandboxAccess = { url: SANDBOX_URL, production: false };
const KEY = { TOY_API_KEY: 'key-0123456789' };

const outcome = (variables: VariableSource, sandbox = SANDBOX, more: Partial<ToyOptions> = {}) => configureProvider(toyDefinition({ id: 'toy', ...more }), variables, sandbox);

function configured(variables: VariableSource, sandbox = SANDBOX, more: Partial<ToyOptions> = {}): ProviderConfiguration {
  const configuration = outcome(variables, sandbox, more);
  if ('problems' in configuration) throw new Error(configuration.problems.join('; '));
  return configuration;
}

function problemsOf(variables: VariableSource, more: Partial<ToyOptions> = {}): readonly string[] {
  const configuration = outcome(variables, SANDBOX, more);
  return 'problems' in configuration ? configuration.problems : [];
}

const modeOf = (variables: VariableSource, sandbox?: SandboxAccess, more?: Partial<ToyOptions>) => {
  const { settings: { mode }, reason } = configured(variables, sandbox, more);
  return { mode, reason };
};

describe('the mode of a provider', () => {
  it('is live when its credentials are set', () => {
    expect(modeOf(KEY)).toEqual({ mode: 'live', reason: 'credentials are set' });
    expect(modeOf(KEY, { url: undefined, production: true })).toEqual({ mode: 'live', reason: 'credentials are set' });
  });

  it('is the sandbox without them, and says which are missing', () => {
    expect(modeOf({})).toEqual({ mode: 'sandbox', reason: 'TOY_API_KEY not set: the sandbox stands in' });
    expect(modeOf({ ...KEY, TOY_SANDBOX: 'true' })).toEqual({ mode: 'sandbox', reason: 'TOY_SANDBOX is true' });
    expect(modeOf({ TOY_API_KEY: '' }).mode).toBe('sandbox');
  });

  it('is off when there is neither, or it is switched off', () => {
    expect(modeOf({}, { url: undefined, production: false })).toEqual({ mode: 'off', reason: 'TOY_API_KEY not set, and no sandbox runs' });
    expect(modeOf({ ...KEY, TOY_SANDBOX: 'true' }, { url: undefined, production: false })).toEqual({ mode: 'off', reason: 'no sandbox runs' });
    expect(modeOf({ TOY_SANDBOX: 'false' })).toEqual({ mode: 'off', reason: 'TOY_API_KEY not set, and TOY_SANDBOX is false' });
    expect(modeOf({ ...KEY, TOY_ENABLED: 'false' })).toEqual({ mode: 'off', reason: 'TOY_ENABLED is false' });
  });

  it('is the sandbox in production only when it is allowed by name', () => {
    const production = { url: SANDBOX_URL, production: true };
    expect(modeOf({}, production)).toEqual({ mode: 'off', reason: 'TOY_API_KEY not set; in production the sandbox must be allowed with TOY_SANDBOX' });
    expect(modeOf({ TOY_SANDBOX: 'true' }, production).mode).toBe('sandbox');
  });

  it('is local for an engine, whatever runs besides', () => {
    expect(modeOf({}, { url: undefined, production: true }, { kind: 'local' })).toEqual({ mode: 'local', reason: 'runs on this machine' });
  });
});

describe('where calls go, and with what', () => {
  it('takes the address that is set, else the vendor’s own, and the sandbox’s in its place', () => {
    expect(configured(KEY).settings.baseUrl).toBe('https://toy.test');
    expect(configured({ ...KEY, TOY_BASE_URL: 'https://proxy.test/v1/' }).settings.baseUrl).toBe('https://proxy.test/v1');
    expect(configured({ TOY_BASE_URL: 'https://proxy.test' }).settings.baseUrl).toBe(`${SANDBOX_URL}/toy`);
  });

  it('never shows a real credential to the sandbox', () => {
    expect(configured(KEY).settings.credential('API_KEY').reveal()).toBe(KEY.TOY_API_KEY);
    expect(configured({ ...KEY, TOY_SANDBOX: 'true' }).settings.credential('API_KEY').reveal()).not.toContain(KEY.TOY_API_KEY);
    const twin = sandboxed(toyDefinition({ id: 'toy' }), configured(KEY), SANDBOX);
    expect(twin?.settings).toMatchObject({ mode: 'sandbox', baseUrl: `${SANDBOX_URL}/toy` });
    expect(twin?.settings.credential('API_KEY').reveal()).not.toContain(KEY.TOY_API_KEY);
  });

  it('makes a twin for test keys of live providers alone', () => {
    expect(sandboxed(toyDefinition({ id: 'toy' }), configured({}), SANDBOX)).toBeUndefined();
    expect(sandboxed(toyDefinition({ id: 'toy' }), configured(KEY), { url: undefined, production: false })).toBeUndefined();
  });
});

describe('problems with variables', () => {
  const WRONG: Readonly<Record<keyof typeof KNOBS, string>> = {
    ENABLED: 'yes-canary', BASE_URL: 'ftp://canary', SANDBOX: '1-canary', TIMEOUT_MS: '-1.777', STREAM_IDLE_TIMEOUT_MS: '0.777', MAX_RETRIES: '777', RATE_LIMIT_RPM: 'canary',
    RATE_LIMIT_TPM: '1.777', CONCURRENCY: '0.777', QUEUE: '-777', BREAKER_THRESHOLD: '1.777', BREAKER_WINDOW_S: '-777', BREAKER_MIN_CALLS: '0.777', BREAKER_OPEN_S: 'canary',
    BREAKER_MAX_OPEN_S: '-777', PRIORITY: '-777', WEIGHT: '-777', DAILY_BUDGET_USD: '-777', MONTHLY_BUDGET_USD: 'canary', CACHE_TTL_S: '-777',
  };

  it.each(Object.entries(WRONG))('names TOY_%s and never says what it holds', (name, value) => {
    const problems = problemsOf({ ...KEY, [`TOY_${name}`]: value });
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(new RegExp(`^TOY_${name}: .+`));
    expect(problems[0]).not.toMatch(/777|canary/);
  });

  it('tells of all at once, its own variables and half a set of credentials among them', () => {
    const environment = { TOY_REGION: z.enum(['sa', 'us']).meta({ description: 'region' }) };
    const problems = problemsOf({ ...KEY, TOY_TIMEOUT_MS: 'x', TOY_WEIGHT: 'x', TOY_REGION: 'mars' }, { environment });
    expect(problems.map((problem) => problem.split(':')[0])).toEqual(['TOY_TIMEOUT_MS', 'TOY_WEIGHT', 'TOY_REGION']);
    expect(problems.join()).not.toContain('mars');
    const definition = { ...toyDefinition({ id: 'toy' }), credentials: ['KEY_ID', 'SECRET'] };
    expect(configureProvider(definition, { TOY_KEY_ID: 'an-id' }, SANDBOX)).toEqual({ problems: ['TOY_SECRET: is required beside the other credentials of TOY'] });
  });
});

describe('the list of variables', () => {
  it('documents every knob, credential and own variable once, with defaults', () => {
    const variables = variablesOf(toyDefinition({ id: 'toy', environment: { TOY_REGION: z.string().default('sa-east-1').meta({ description: 'region' }) } }));
    expect(new Set(variables.map(({ name }) => name)).size).toBe(variables.length);
    expect(variables.map(({ name }) => name)).toEqual(['TOY_API_KEY', 'TOY_REGION', ...Object.keys(KNOBS).map((name) => `TOY_${name}`)]);
    for (const { description } of variables) expect(description).not.toBe('');
    expect(variables.filter(({ secret }) => secret).map(({ name, defaultValue }) => [name, defaultValue])).toEqual([['TOY_API_KEY', undefined]]);
    expect(variables.find(({ name }) => name === 'TOY_REGION')?.defaultValue).toBe('sa-east-1');
    expect(variables.find(({ name }) => name === 'TOY_BASE_URL')?.defaultValue).toBe('https://toy.test');
    expect(variables.find(({ name }) => name === 'TOY_TIMEOUT_MS')?.defaultValue).toBe('2000'); // the definition's own default
  });

  it('leaves out for a local engine what only vendors have', () => {
    const names = variablesOf(toyDefinition({ id: 'toy', kind: 'local' })).map(({ name }) => name);
    expect(names).toContain('TOY_CONCURRENCY');
    for (const name of ['TOY_API_KEY', 'TOY_BASE_URL', 'TOY_SANDBOX', 'TOY_RATE_LIMIT_RPM', 'TOY_DAILY_BUDGET_USD']) expect(names).not.toContain(name);
  });

  it('has a default or an absence for each knob, under the name that code uses', () => {
    expect((Object.keys(KNOBS) as (keyof typeof KNOBS)[]).map(knobKey).sort()).toEqual(Object.keys(DEFAULT_KNOBS).sort());
  });
});
