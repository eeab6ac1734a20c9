import { Inject, Injectable } from '@nestjs/common';
import { ENVIRONMENT, LOGGER, readConfig, type Environment, type Logger } from '@tecnocursos/nest-kit';
import { CLOCK, type Clock } from '../clock.js';
import { InsightsConfigSchema } from '../insights.config.js';
import { LedgerRepository } from './ledger.repository.js';
import { screenRecords, type LedgerRecord } from './record-screening.js';

/** PostgreSQL's class of errors that lie in the data: repeating them changes nothing. */
const DATA_EXCEPTION = /^22/;
const REASONS_SHOWN = 5;

@Injectable()
export class LedgerService {
  private readonly retentionDays: number;

  constructor(
    private readonly ledger: LedgerRepository,
    @Inject(CLOCK) private readonly now: Clock,
    @Inject(LOGGER) private readonly logger: Logger,
    @Inject(ENVIRONMENT) environment: Environment,
  ) {
    this.retentionDays = readConfig(InsightsConfigSchema, environment).INSIGHTS_RETENTION_DAYS;
  }

  /**
   * Stores each record once, however often it comes, and returns how many are new. What cannot be stored is logged and left out.
   * @throws when the database does not answer: nothing is stored then, and the whole may be given again.
   */
  async record(candidates: readonly unknown[]): Promise<number> {
    const { records, rejected } = screenRecords(candidates, this.now(), this.retentionDays);
    if (rejected.length > 0) this.logger.warn({ rejected: rejected.length, reasons: rejected.slice(0, REASONS_SHOWN) }, 'attempts that are no valid records were left out of the ledger');
    return this.store(records);
  }

  private async store(records: readonly LedgerRecord[]): Promise<number> {
    try {
      return await this.ledger.store(records);
    } catch (error) {
      const code = (error as { code?: string }).code ?? '';
      if (!DATA_EXCEPTION.test(code)) throw error;
      if (records.length > 1) return this.storeEach(records);
      this.logger.warn({ id: records[0]?.id, code }, 'an attempt that the database cannot hold was left out of the ledger');
      return 0;
    }
  }

  private async storeEach(records: readonly LedgerRecord[]): Promise<number> {
    let stored = 0;
    for (const record of records) stored += await this.store([record]);
    return stored;
  }
}
