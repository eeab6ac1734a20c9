import { sql, type RawBuilder, type SqlBool } from 'kysely';

/** True for rows in which one of the texts stands in one of the columns, in any case of letters. No texts: true for none. */
export function mentionsAny(columns: readonly [string, ...string[]], texts: readonly string[]): RawBuilder<SqlBool> {
  if (texts.length === 0) return sql<SqlBool>`false`;
  const whole = sql`lower(concat_ws(' ', ${sql.join(columns.map((column) => sql.ref(column)))}))`;
  const each = texts.map((text) => sql`position(${text.toLowerCase()}::text in ${whole}) > 0`);
  return sql<SqlBool>`(${sql.join(each, sql` or `)})`;
}
