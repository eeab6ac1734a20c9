// Everything that the database keeps about a tenant or an account, as one hash for each table: what nobody touched has the same hash afterwards.
import { createHash } from 'node:crypto';
import { sql } from 'kysely';

/** @returns {Promise<Map<string, string>>} by table. */
export async function rowHashes(database, { tenantId, accountIds }) {
  const db = database.schema('public');
  const { rows: columns } = await sql`select table_schema as schema, table_name as name, column_name as column from information_schema.columns
    where table_schema not in ('pg_catalog', 'information_schema') and column_name in ('tenant_id', 'account_id')`.execute(db);
  const hashes = new Map();
  for (const { schema, name, column } of columns) {
    const wanted = column === 'tenant_id' ? [tenantId] : accountIds;
    const { rows } = await sql`select row_to_json(t)::text as row from ${sql.table(`${schema}.${name}`)} t where ${sql.ref(`t.${column}`)}::text in (${sql.join(wanted)}) order by 1`.execute(db);
    hashes.set(`${schema}.${name}.${column}`, `${rows.length}:${createHash('sha256').update(rows.map(({ row }) => row).join('\n')).digest('hex')}`);
  }
  return hashes;
}

export const changedTables = (before, after) => [...after].filter(([table, hash]) => before.get(table) !== hash).map(([table]) => table);
