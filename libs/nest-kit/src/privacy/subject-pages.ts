import { AppError } from '@tecnocursos/contracts';
import type { ExportPage } from './subject-data.js';

export interface SubjectRow {
  /** Where the next page goes on: rows come in its order. */
  readonly id: string;
  readonly data: Readonly<Record<string, unknown>>;
  /** Keys of stored objects that belong to it. */
  readonly objects?: readonly string[];
}

/** One kind of records, such as the rows of a table. */
export interface SubjectSource {
  /** Without colons. */
  readonly category: string;
  rows(after: string | undefined, limit: number): Promise<readonly SubjectRow[]>;
}

const ROWS = 200;
const BYTES = 400_000;

/** One page of an export, which goes through the sources in their order. @throws AppError `invalid_request` for a cursor of elsewhere. */
export async function subjectPageOf(sources: readonly SubjectSource[], cursor: string | undefined): Promise<ExportPage> {
  const { index, after } = placeOf(sources, cursor);
  const source = sources[index];
  if (!source) return { records: [] };
  const rows = await source.rows(after, ROWS);
  const taken = withinBytes(rows);
  const records = taken.map(({ data }) => ({ category: source.category, data: { ...data } }));
  const objects = taken.flatMap(({ objects: keys = [] }) => keys);
  const isOver = taken.length === rows.length && rows.length < ROWS;
  return { records, objects, next_cursor: isOver ? cursorAt(sources[index + 1]) : cursorAt(source, taken.at(-1)?.id) };
}

const cursorAt = (source: SubjectSource | undefined, after = ''): string | null => (source ? `${source.category}:${after}` : null);

function placeOf(sources: readonly SubjectSource[], cursor: string | undefined): { index: number; after: string | undefined } {
  if (cursor === undefined) return { index: 0, after: undefined };
  const colon = cursor.indexOf(':');
  const index = sources.findIndex(({ category }) => category === cursor.slice(0, colon));
  if (index === -1) throw new AppError('invalid_request', 'cursor: not a cursor of this export', { issues: [{ field: 'cursor', message: 'Use next_cursor of the page before.' }] });
  const after = cursor.slice(colon + 1);
  return { index, after: after === '' ? undefined : after };
}

/** As many as a page may hold; the first one in any case. */
function withinBytes(rows: readonly SubjectRow[]): readonly SubjectRow[] {
  let bytes = 0;
  const tooMany = rows.findIndex(({ data }, index) => (bytes += Buffer.byteLength(JSON.stringify(data))) > BYTES && index > 0);
  return tooMany === -1 ? rows : rows.slice(0, tooMany);
}
