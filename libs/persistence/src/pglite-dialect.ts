import {
  CompiledQuery, PostgresAdapter, PostgresIntrospector, PostgresQueryCompiler,
  type DatabaseConnection, type Dialect, type Driver, type Kysely, type QueryResult,
} from 'kysely';
import type { PGliteClient } from './pglite-client.js';

/**
 * Kysely over our PGlite thread. Kysely's own dialect hands one connection to everyone at once, so that a query beside an
 * open transaction would run inside it; here the session belongs to one transaction or query at a time.
 */
export class PGliteThreadDialect implements Dialect {
  constructor(private readonly client: PGliteClient) {}

  createDriver(): Driver {
    return new PGliteThreadDriver(this.client);
  }
  createQueryCompiler(): PostgresQueryCompiler {
    return new PostgresQueryCompiler();
  }
  createAdapter(): PostgresAdapter {
    return new PostgresAdapter();
  }
  createIntrospector(db: Kysely<unknown>): PostgresIntrospector {
    return new PostgresIntrospector(db);
  }
}

class PGliteThreadDriver implements Driver {
  constructor(private readonly client: PGliteClient) {}

  async init(): Promise<void> {}
  async destroy(): Promise<void> {}

  async acquireConnection(): Promise<DatabaseConnection> {
    return new PGliteThreadConnection(this.client, await this.client.acquire());
  }
  async releaseConnection(connection: DatabaseConnection): Promise<void> {
    (connection as PGliteThreadConnection).release();
  }
  async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('begin'));
  }
  async commitTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('commit'));
  }
  async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('rollback'));
  }
}

class PGliteThreadConnection implements DatabaseConnection {
  constructor(
    private readonly client: PGliteClient,
    readonly release: () => void,
  ) {}

  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    const { rows, affectedRows } = await this.client.query(query.sql, query.parameters);
    return { rows: rows as R[], ...(affectedRows !== null && { numAffectedRows: BigInt(affectedRows) }) };
  }

  streamQuery(): never {
    throw new Error('PGlite does not stream');
  }
}
