import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { configureProvider, FREE, variablesOf, type ProviderDefinition } from '@tecnocursos/provider-kit';
import { AI_OPERATIONS } from '../capabilities.js';
import { AI_PROVIDERS } from './index.js';

const NOW = Date.UTC(2026, 10, 25);
const NO_SANDBOX = { url: undefined, production: false };
const SANDBOX = { url: 'http://127.0.0.1:4010', production: false };
const folders = readdirSync(import.meta.dirname, { withFileTypes: true }).filter((entry) => entry.isDirectory()).map(({ name }) => name);
const anyDefinition = (definition: (typeof AI_PROVIDERS)[number]): ProviderDefinition<never> => definition as unknown as ProviderDefinition<never>;

describe('the list of AI providers', () => {
  it('holds every folder', () => {
    expect(AI_PROVIDERS.map(({ id }) => id).toSorted()).toEqual(folders.toSorted());
  });

  it('has names and variables of which none stands twice', () => {
    const names = AI_PROVIDERS.flatMap((definition) => variablesOf(anyDefinition(definition)).map(({ name }) => name));
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
  });
});

describe.each(AI_PROVIDERS.map((definition) => [definition.id, definition] as const))('%s', (id, definition) => {
  const configured = configureProvider(anyDefinition(definition), { [`${definition.variablePrefix}_ENABLED`]: 'true' }, SANDBOX);
  if ('problems' in configured) throw new Error(configured.problems.join('; '));
  const { settings } = configured;
  const provider = definition.create(settings, { fetch: globalThis.fetch, now: () => NOW });

  it('says what it can do, and can', () => {
    expect(definition).toMatchObject({ domain: 'ai', title: expect.stringMatching(/\w/) });
    expect(definition.capabilities.filter((capability) => !(AI_OPERATIONS as readonly string[]).includes(capability))).toEqual([]);
    if (definition.capabilities.includes('chat')) expect(provider.language).toBeDefined();
    if (definition.capabilities.includes('moderate')) expect(provider.moderator ?? provider.language).toBeDefined();
    if (!provider.language && definition.capabilities.includes('structure-content')) expect(provider.author).toBeDefined();
  });

  it('describes its variables', () => {
    const undescribed = variablesOf(anyDefinition(definition)).filter(({ description }) => description === '');
    expect(undescribed).toEqual([]);
  });

  it('has dated prices of its models, or none to pay', () => {
    const { prices, kind } = definition;
    if (kind === 'local') {
      expect(prices).toBe(FREE);
      return;
    }
    const undated = prices.rows.filter(({ source, date }) => source === '' || !/^\d{4}-\d\d-\d\d$/.test(date));
    const unpriced = [...new Set(Object.values(provider.models))].filter((model) => prices.cost(model, { input_tokens: 1_000_000, output_tokens: 1_000_000 }) === 0);
    expect([undated, unpriced]).toEqual([[], []]);
  });

  it('starts with models that do not end soon', () => {
    expect(definition.notices?.(settings, NOW) ?? []).toEqual([]);
  });

  it('is off, or local, without credentials and sandbox', () => {
    const alone = configureProvider(anyDefinition(definition), {}, NO_SANDBOX);
    expect('settings' in alone && alone.settings.mode).toEqual(expect.stringMatching(definition.kind === 'local' ? /^(local|off)$/ : /^off$/));
    expect(id).toBe(definition.id);
  });
});
