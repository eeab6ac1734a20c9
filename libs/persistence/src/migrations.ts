import { sql, type Kysely } from 'kysely';
import { Migrator, type Migration } from 'kysely/migration';

/** Migrations of one service, by a name that sorts: `001-courses`. */
export type Migrations = Record<string, Migration>;

/** Brings a service's schema up to date; replicas that start together take turns. */
export async function migrate<Tables>(db: Kysely<Tables>, schema: string, migrations: Migrations): Promise<void> {
  await sql`create schema if not exists ${sql.id(schema)}`.execute(db).catch(ignoreRace);
  const migrator = new Migrator({
    db,
    provider: { getMigrations: async () => migrations },
    migrationTableSchema: schema,
  });
  const { error, results } = await migrator.migrateToLatest();
  if (error !== undefined) {
    const failed = results?.find((result) => result.status === 'Error')?.migrationName ?? 'unknown';
    throw new Error(`Migration ${failed} of schema ${schema} failed`, { cause: error });
  }
}

const UNIQUE_VIOLATION = '23505';

/** Two replicas may create the schema at the same instant; one of them is then told that it exists. */
function ignoreRace(error: unknown): void {
  if ((error as { code?: string }).code !== UNIQUE_VIOLATION) throw error;
}

export const isUniqueViolation = (error: unknown): boolean => (error as { code?: string } | null)?.code === UNIQUE_VIOLATION;
