import { join } from 'node:path';
import { Kysely, PostgresDialect, sql, type Dialect } from 'kysely';
import pg from 'pg';
import { lockDirectory } from './directory-lock.js';
import { PGliteClient } from './pglite-client.js';
import { PGliteThreadDialect } from './pglite-dialect.js';

export type DatabaseOptions =
  | { kind: 'postgresql'; url: string; maxConnections?: number }
  /** Embedded, for one process alone, which the directory's lock enforces. */
  | { kind: 'pglite'; directory: string };

const INT8_OID = 20;
pg.types.setTypeParser(INT8_OID, Number);

/** The database that services take their own schema of. */
export class Database {
  private readonly handles: Kysely<unknown>[] = [];

  private constructor(
    readonly kind: DatabaseOptions['kind'],
    private readonly dialect: () => Dialect,
    private readonly release: () => Promise<void>,
  ) {}

  static async open(options: DatabaseOptions): Promise<Database> {
    return options.kind === 'postgresql' ? Database.openPostgres(options) : Database.openEmbedded(options.directory);
  }

  private static async openPostgres(options: { url: string; maxConnections?: number }): Promise<Database> {
    const pool = new pg.Pool({
      connectionString: options.url,
      max: options.maxConnections ?? 8,
      statement_timeout: 30_000,
      idle_in_transaction_session_timeout: 30_000,
    });
    pool.on('error', () => undefined); // an idle connection that broke is replaced at the next query
    pool.on('connect', (client) => client.on('error', () => undefined)); // one in use: its query rejects, the process lives
    await waitUntilUp(pool);
    return new Database('postgresql', () => new PostgresDialect({ pool }), () => pool.end());
  }

  private static async openEmbedded(directory: string): Promise<Database> {
    const lock = lockDirectory(directory);
    try {
      const client = await PGliteClient.open(join(directory, 'pglite'));
      const close = async (): Promise<void> => {
        await client.close();
        lock.release();
      };
      return new Database('pglite', () => new PGliteThreadDialect(client), close);
    } catch (error) {
      lock.release();
      throw error;
    }
  }

  /** A handle on one schema. Names in queries are looked up there and nowhere else. */
  schema<Tables>(name: string): Kysely<Tables> {
    const handle = new Kysely<Tables>({ dialect: this.dialect() });
    this.handles.push(handle as unknown as Kysely<unknown>);
    return handle.withSchema(name);
  }

  /** @throws when the database does not answer. */
  async ping(): Promise<void> {
    const handle = this.handles[0] ?? this.schema('public');
    await sql`select 1`.execute(handle);
  }

  async close(): Promise<void> {
    await this.release();
  }
}

const START_LIMIT_MS = 20_000;
const PAUSE_MS = 100;
const CANNOT_CONNECT_NOW = '57P03';

/** A server that is starting, or not there yet, is waited for; other errors are told at once. */
async function waitUntilUp(pool: pg.Pool): Promise<void> {
  const end = Date.now() + START_LIMIT_MS;
  for (;;) {
    try {
      await pool.query('select 1');
      return;
    } catch (error) {
      const { code } = error as { code?: string };
      if ((code !== CANNOT_CONNECT_NOW && code !== 'ECONNREFUSED') || Date.now() > end) throw error;
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    }
  }
}
