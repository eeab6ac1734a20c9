import { sql, type Expression, type Kysely, type SqlBool, type Transaction } from 'kysely';
import { enqueue, lockKey, type OutboxMessage, type OutboxTable } from './outbox.js';

/** `ready`: may run; `queued`: on its way to a worker; `running`: a worker has it until `lease_until`. */
export type JobState = 'ready' | 'queued' | 'running' | 'done' | 'failed' | 'canceled';

/** What a service's own table has for its rows to be jobs. */
export interface JobColumns {
  id: string;
  tenant_id: string;
  state: JobState;
  /** Also the fencing token: a worker whose attempt is not the latest has lost the job. */
  attempts: number;
  not_before: Date;
  lease_until: Date | null;
}

interface WithJobs {
  jobs: JobColumns;
  outbox: OutboxTable;
}

export interface JobTimes {
  /** Milliseconds after which a running job is given to another worker when its own has not been heard of. */
  readonly leaseMs: number;
  /** Milliseconds after which a queued job, whose message must have got lost, is queued again. */
  readonly queuedMs: number;
}

export interface Turn {
  readonly tenantId: string;
  /** Jobs of the tenant that may be queued or running. */
  readonly concurrency: number;
  readonly now: Date;
  /** The tenant's jobs that may run, in their order. */
  ready(limit: number): Promise<ReadonlyArray<{ id: string; request_id: string }>>;
}

/**
 * A table whose rows are jobs: `ready → queued → running → done | failed | canceled`. A row is claimed for as long as a lease lasts; what a worker does to it
 * counts only while its attempt is the latest. The broker's messages are hints: what gets lost is found here.
 */
export class JobTable<Row extends JobColumns> {
  constructor(
    private readonly table: string,
    /** The job's message. */
    private readonly messageOf: (job: { id: string; tenantId: string }) => Pick<OutboxMessage, 'subject' | 'payload'>,
    readonly times: JobTimes,
  ) {}

  /** Takes a queued job, or one whose worker is gone; undefined when it is not to be had. `only` and `set` add conditions and values of the service's own. */
  async claim<T>(db: Kysely<T>, { id, tenantId }: { id: string; tenantId: string }, now: Date, own: { only?: Expression<SqlBool>; set?: object } = {}): Promise<Row | undefined> {
    const { only, set } = own;
    const row = await jobsIn(db)
      .updateTable(this.name)
      .set({ ...set, state: 'running', attempts: sql`attempts + 1`, lease_until: this.leaseFrom(now) })
      .where('id', '=', id)
      .where('tenant_id', '=', tenantId)
      .where((where) => where.or([where('state', '=', 'queued'), where.and([where('state', '=', 'running'), where('lease_until', '<', now)])]))
      .$if(only !== undefined, (query) => query.where(only ?? sql<boolean>`true`))
      .returningAll()
      .executeTakeFirst();
    return row as Row | undefined;
  }

  /** False, and nothing changed, when the job is no longer this worker's: it was canceled, or given to another. */
  async change<T>(db: Kysely<T>, job: Row, values: Partial<Row>): Promise<boolean> {
    const { numUpdatedRows } = await jobsIn(db)
      .updateTable(this.name)
      .set(values)
      .where('id', '=', job.id)
      .where('tenant_id', '=', job.tenant_id)
      .where('attempts', '=', job.attempts)
      .where('state', '=', 'running')
      .executeTakeFirst();
    return numUpdatedRows === 1n;
  }

  /** False when the job is no longer this worker's. */
  async extendLease<T>(db: Kysely<T>, job: Row, now: Date): Promise<boolean> {
    return this.change<T>(db, job, { lease_until: this.leaseFrom(now) } as Partial<Row>);
  }

  /** Puts a job back to be tried again; nothing when it is no longer this worker's. */
  async putBack<T>(db: Kysely<T>, job: Row, notBefore: Date, values: Partial<Row> = {}): Promise<void> {
    await this.change<T>(db, job, { ...values, state: 'ready', lease_until: null, not_before: notBefore });
  }

  /** Queues as many of a tenant's ready jobs as it may have at once, in the transaction that makes room for them. */
  async schedule<T extends { outbox: OutboxTable }>(transaction: Transaction<T>, { tenantId, concurrency, now, ready }: Turn): Promise<void> {
    const jobs = jobsIn(transaction);
    await lockKey(transaction, `schedule ${this.messageOf({ id: '', tenantId }).subject} ${tenantId}`);
    const { busy } = await jobs
      .selectFrom(this.name)
      .select((expression) => expression.fn.countAll<number>().as('busy'))
      .where('tenant_id', '=', tenantId)
      .where('state', 'in', ['queued', 'running'])
      .executeTakeFirstOrThrow();
    if (busy >= concurrency) return;
    const due = await ready(concurrency - busy);
    if (due.length === 0) return;
    await jobs
      .updateTable(this.name)
      .set({ state: 'queued', lease_until: new Date(now.getTime() + this.times.queuedMs) })
      .where('id', 'in', due.map(({ id }) => id))
      .where('state', '=', 'ready')
      .execute();
    await enqueue(transaction, due.map(({ id, request_id: requestId }) => ({ ...this.messageOf({ id, tenantId }), tenantId, requestId })));
  }

  /** Gives jobs back whose worker or message is gone. */
  async releaseLost<T>(transaction: Transaction<T>, now: Date): Promise<void> {
    await jobsIn(transaction).updateTable(this.name).set({ state: 'ready', lease_until: null }).where('state', 'in', ['queued', 'running']).where('lease_until', '<', now).execute();
  }

  private leaseFrom(now: Date): Date {
    return new Date(now.getTime() + this.times.leaseMs);
  }

  /** The type names the columns alone; which table it is, is known when it runs. */
  private get name(): 'jobs' {
    return this.table as 'jobs';
  }
}

const jobsIn = <T>(db: Kysely<T>): Kysely<WithJobs> => db as unknown as Kysely<WithJobs>;
