import { Inject, Injectable } from '@nestjs/common';
import { SCHEMA } from '@tecnocursos/nest-kit';
import { lockKey } from '@tecnocursos/persistence';
import { Clock } from '../clock.js';
import type { IdentityDatabase } from '../identity.tables.js';
import type { SigningKeyRow } from './token.tables.js';

/** What a rotation does: adds a key, and says until when the one before it is published. */
export interface Succession {
  key: SigningKeyRow;
  previousPublishedUntil: Date;
}

@Injectable()
export class SigningKeyRepository {
  constructor(
    @Inject(SCHEMA) private readonly db: IdentityDatabase,
    private readonly clock: Clock,
  ) {}

  /** Keys that verify, the newest first. */
  async published(): Promise<SigningKeyRow[]> {
    return this.db.selectFrom('signing_key').selectAll()
      .where((where) => where.or([where('published_until', 'is', null), where('published_until', '>', this.clock.now())]))
      .orderBy('signs_from', 'desc').execute();
  }

  /** Replicas decide in turn, each on what the one before has done; two of them rotate once. @returns the key that was added. */
  async succeed(decide: (keys: readonly SigningKeyRow[]) => Succession | null): Promise<SigningKeyRow | null> {
    return this.db.transaction().execute(async (transaction) => {
      await lockKey(transaction, 'identity.signing-key');
      const keys = await transaction.selectFrom('signing_key').selectAll().orderBy('signs_from', 'desc').execute();
      const succession = decide(keys);
      if (!succession) return null;
      await transaction.updateTable('signing_key').set({ published_until: succession.previousPublishedUntil }).where('published_until', 'is', null).execute();
      await transaction.insertInto('signing_key').values(succession.key).execute();
      return succession.key;
    });
  }

  async deleteOver(): Promise<void> {
    await this.db.deleteFrom('signing_key').where('published_until', '<=', this.clock.now()).execute();
  }
}
