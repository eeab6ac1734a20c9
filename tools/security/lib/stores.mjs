// Every place of a platform where anything is kept, as text: rows of all tables, all files (those of the broker's streams among them), Redis, the sandbox's history, the log.
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { listSandboxHistory } from '@tecnocursos/contracts';
import { sql } from 'kysely';

/** @returns {Promise<[place: string, text: string][]>} */
export async function everythingOf(platform, redis) {
  return [...(await rowsOf(platform.database.schema('public'))), ...(await filesOf(platform.directory)), ...(await callsOf(platform.rpc)), ...(redis ? await answersOf(redis) : []), ['the log', platform.log.join('')]];
}

async function rowsOf(db) {
  const { rows: tables } = await sql`select table_schema as schema, table_name as name from information_schema.tables where table_schema not in ('pg_catalog', 'information_schema') and table_type = 'BASE TABLE'`.execute(db);
  return Promise.all(tables.map(async ({ schema, name }) => {
    const { rows } = await sql`select row_to_json(t)::text as row from ${sql.table(`${schema}.${name}`)} t`.execute(db);
    return [`${schema}.${name}`, rows.map(({ row }) => row).join('\n')];
  }));
}

/** Not PostgreSQL's own: what its tables hold is read as rows, and what it has not overwritten yet is a matter of `vacuum` and of its log's length. */
async function filesOf(directory) {
  const entries = (await readdir(directory, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile() && !entry.parentPath.includes('/postgres'));
  return Promise.all(entries.map(async ({ parentPath, name }) => {
    const path = join(parentPath, name);
    return [path.slice(directory.length), `${path}\n${await readFile(path, 'latin1').catch(() => '')}`];
  }));
}

async function callsOf(rpc) {
  const calls = [];
  for (let cursor; cursor !== null;) {
    const page = await rpc.call(listSandboxHistory, { limit: 100, ...(cursor && { cursor }) });
    calls.push(...page.calls);
    cursor = page.next_cursor;
  }
  return [['the history of the sandbox', JSON.stringify(calls)]];
}

async function answersOf(redis) {
  const found = [];
  for await (const keys of redis.scanIterator({ COUNT: 500 })) for (const key of keys) found.push(`${key} ${(await redis.get(key).catch(() => '')) ?? ''}`);
  return [['Redis', found.join('\n')]];
}

/** Where each of the values stands. @returns {Map<string, Set<string>>} places by value */
export function placesOf(values, texts) {
  const places = new Map();
  for (const value of values) for (const [place, text] of texts) if (text.includes(value)) places.set(value, (places.get(value) ?? new Set()).add(place));
  return places;
}
