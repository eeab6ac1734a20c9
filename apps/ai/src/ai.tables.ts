import { createIdempotencyTable } from '@tecnocursos/integration-kit';
import type { Migrations } from '@tecnocursos/persistence';
import type { Kysely } from 'kysely';

export const AI_SCHEMA = 'ai';

/** Nothing is kept but the answers to requests with an idempotency key: a repeated request is not paid for again. */
export const aiMigrations: Migrations = {
  '001-idempotency': { up: (db: Kysely<unknown>) => createIdempotencyTable(db, AI_SCHEMA) },
};
