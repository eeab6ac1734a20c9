import { Module, type Type } from '@nestjs/common';
import type { ServiceDefinition } from '@tecnocursos/nest-kit';
import { defineProvider, PriceTable, ProviderFailure, type ProviderChain, type ProviderDefinition } from '@tecnocursos/provider-kit';
import type { Kysely } from 'kysely';
import { z } from 'zod';
import { createIdempotencyTable } from '../idempotency-table.js';
import { integrationModule } from '../integration.module.js';

export interface ToyPort {
  sing(): Promise<string>;
}

export const TOY_CHAIN = Symbol('TOY_CHAIN');
export const TOY_SCHEMA = 'toys';

const prices = new PriceTable([{ model: 'toy-1', unit: 'characters', usd: 10, per: 1_000_000, source: 'test', date: '2026-11-25' }]);

const remote = (id: string, sing: ToyPort['sing']): ProviderDefinition<ToyPort> =>
  defineProvider<ToyPort>()({
    id, title: id.toUpperCase(), domain: 'tts', kind: 'remote', capabilities: ['sing'], variablePrefix: id.toUpperCase(), credentials: ['API_KEY'],
    address: { live: `https://${id}.test`, sandbox: `/${id}` }, prices, defaults: { maxRetries: 0 },
    environment: { [`${id.toUpperCase()}_VOICE`]: z.enum(['high', 'low']).default('high').meta({ description: 'voice' }) },
    create: () => ({ sing }),
    toFailure: (error) => new ProviderFailure('unavailable', 'It failed.', { cause: error }),
    notices: () => [{ severity: 'info', text: `${id} is a toy` }],
  }) as unknown as ProviderDefinition<ToyPort>;

export const TOYS: readonly ProviderDefinition<ToyPort>[] = [
  remote('warbler', () => Promise.resolve('La la')),
  remote('frog', () => Promise.reject(new Error('croak'))),
  defineProvider<ToyPort>()({
    id: 'box', title: 'Box', domain: 'tts', kind: 'local', capabilities: ['sing'], variablePrefix: 'BOX', credentials: [], prices,
    create: () => ({ sing: () => Promise.resolve('Plim plim') }),
    toFailure: (error) => new ProviderFailure('unavailable', String(error)),
    probe: async () => ({ status: 'down', detail: 'the box is not wound up' }),
  }) as unknown as ProviderDefinition<ToyPort>,
];

/** A small service over the integration module; `onChain` is given its chain. */
export function toyService(onChain: (chain: ProviderChain<ToyPort>) => void): ServiceDefinition {
  class ToyModule {}
  Module({
    imports: [integrationModule<ToyPort>({
      domain: 'tts', service: 'tts', variablePrefix: 'TOYS', token: TOY_CHAIN, definitions: TOYS, idempotency: true,
      test: async (chain, provider, caller) => {
        await chain.run({
          operation: 'sing', caller, route: { provider, allowFallback: false }, estimate: () => ({ model: 'toy-1', usage: { characters: 100 } }),
          attempt: async (port) => ({ value: await port.sing(), usage: { characters: 100 }, model: 'toy-1' }),
        });
        return { operation: 'sing' };
      },
    })],
    providers: [{ provide: 'LISTENER', inject: [TOY_CHAIN], useFactory: (chain: ProviderChain<ToyPort>) => onChain(chain) ?? null }],
  })(ToyModule);
  return {
    name: 'tts', module: ToyModule as Type,
    database: { schema: TOY_SCHEMA, migrations: { '001-idempotency': { up: (db: Kysely<unknown>) => createIdempotencyTable(db, TOY_SCHEMA) } } },
  };
}
