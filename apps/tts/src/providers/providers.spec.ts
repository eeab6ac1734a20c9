import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { configureProvider, FREE, variablesOf, type ProviderDefinition } from '@tecnocursos/provider-kit';
import { HOUSE_VOICES } from '../house-voices.js';
import { parsePlainText } from '../ssml/script-builder.js';
import { TTS_PROVIDERS } from './index.js';

const NO_SANDBOX = { url: undefined, production: false };
const SANDBOX = { url: 'http://127.0.0.1:4010', production: false };
const folders = readdirSync(import.meta.dirname, { withFileTypes: true }).filter((entry) => entry.isDirectory()).map(({ name }) => name);
const anyDefinition = (definition: (typeof TTS_PROVIDERS)[number]): ProviderDefinition<never> => definition as unknown as ProviderDefinition<never>;

describe('the list of providers of speech', () => {
  it('holds every folder', () => {
    expect(TTS_PROVIDERS.map(({ id }) => id).toSorted()).toEqual(folders.toSorted());
  });

  it('is in the order of their priorities', () => {
    const priorities = TTS_PROVIDERS.map(({ defaults }) => defaults?.priority ?? 0);
    expect(priorities).toEqual(priorities.toSorted((a, b) => a - b));
    expect(TTS_PROVIDERS.map(({ id }) => id)).toEqual(['elevenlabs', 'azure-speech', 'aws-polly', 'bark', 'gtts', 'local']);
  });

  it('has names and variables of which none stands twice', () => {
    const names = TTS_PROVIDERS.flatMap((definition) => variablesOf(anyDefinition(definition)).map(({ name }) => name));
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
  });
});

describe.each(TTS_PROVIDERS.map((definition) => [definition.id, definition] as const))('%s', (_id, definition) => {
  const configured = configureProvider(anyDefinition(definition), {}, SANDBOX);
  if ('problems' in configured) throw new Error(configured.problems.join('; '));
  const port = definition.create(configured.settings, { fetch: globalThis.fetch, now: Date.now });

  it('can what it says', () => {
    expect(definition.domain).toBe('tts');
    expect(definition.capabilities).toContain('speech');
    expect(definition.capabilities.includes('stream')).toBe(port.stream !== undefined);
    expect(definition.capabilities.includes('clone')).toBe(port.cloner !== undefined);
  });

  it('describes its variables', () => {
    expect(variablesOf(anyDefinition(definition)).filter(({ description }) => description === '')).toEqual([]);
  });

  it('has dated prices that name what its estimates count, or costs nothing', () => {
    const { prices } = definition;
    expect(prices.rows.filter(({ source, date }) => source === '' || !/^\d{4}-\d\d-\d\d$/.test(date))).toEqual([]);
    if (prices === FREE) return;
    const [voice] = HOUSE_VOICES;
    if (!voice) throw new Error('There are no voices.');
    for (const model of Object.values(port.models)) {
      const usage = port.estimate({ script: parsePlainText('Bom dia, turma. '.repeat(50), 'pt-BR'), language: 'pt-BR', voice: { kind: 'house', voice }, model, rate: 1, pitch: 0 });
      expect(prices.cost(model, usage)).toBeGreaterThan(0);
    }
  });

  it('is off without credentials and sandbox, unless it is this machine’s own', () => {
    const alone = configureProvider(anyDefinition(definition), {}, NO_SANDBOX);
    expect('settings' in alone && alone.settings.mode).toBe(definition.kind === 'local' ? 'local' : 'off');
  });
});
