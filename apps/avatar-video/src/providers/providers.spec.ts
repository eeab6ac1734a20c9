import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { configureProvider, FREE, variablesOf, type ProviderDefinition } from '@tecnocursos/provider-kit';
import { AVATAR_OPERATIONS } from '../ports/avatar-video-provider.port.js';
import { AVATAR_PROVIDERS } from './index.js';

const folders = readdirSync(import.meta.dirname, { withFileTypes: true }).filter((entry) => entry.isDirectory()).map(({ name }) => name);
const anyDefinition = (definition: (typeof AVATAR_PROVIDERS)[number]): ProviderDefinition<never> => definition as unknown as ProviderDefinition<never>;

describe('the list of avatar providers', () => {
  it('holds every folder', () => {
    expect(AVATAR_PROVIDERS.map(({ id }) => id).toSorted()).toEqual(folders.toSorted());
  });

  it('has names and variables of which none stands twice', () => {
    const names = AVATAR_PROVIDERS.flatMap((definition) => variablesOf(anyDefinition(definition)).map(({ name }) => name));
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
  });
});

describe.each(AVATAR_PROVIDERS.map((definition) => [definition.id, definition] as const))('%s', (_id, definition) => {
  const configured = configureProvider(anyDefinition(definition), {}, { url: 'http://127.0.0.1:4010', production: false });
  if ('problems' in configured) throw new Error(configured.problems.join('; '));
  const provider = definition.create(configured.settings, { fetch: globalThis.fetch, now: () => 0 });

  it('says what it can do, and can', () => {
    const can = AVATAR_OPERATIONS.filter((operation) => ({ avatar: provider.avatars, effect: provider.effects, background: provider.backgrounds })[operation] !== undefined);
    expect([...definition.capabilities].toSorted()).toEqual(can.toSorted());
  });

  it('describes its variables', () => {
    expect(variablesOf(anyDefinition(definition)).filter(({ description }) => description === '')).toEqual([]);
  });

  it('has dated prices, or none to pay', () => {
    if (definition.kind === 'local') expect(definition.prices).toBe(FREE);
    else expect(definition.prices.rows.filter(({ source, date, usd }) => source === '' || !/^\d{4}-\d\d-\d\d$/.test(date) || usd <= 0)).toEqual([]);
  });

  it('places paid orders once: the chain does not repeat them', () => {
    if (definition.capabilities.some((capability) => capability !== 'background')) expect(configured.settings.knobs.maxRetries).toBe(0);
    expect(definition.prices.cost(provider.avatars?.estimate({ speech: { type: 'text', text: 'x'.repeat(700), language: 'en' } } as never).model ?? '*', {})).toBe(0);
  });

  it('is off, or local, without credentials and sandbox', () => {
    const alone = configureProvider(anyDefinition(definition), {}, { url: undefined, production: false });
    expect('settings' in alone && alone.settings.mode).toBe(definition.kind === 'local' ? 'local' : 'off');
  });
});
