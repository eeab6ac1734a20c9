import type { Block } from '@tecnocursos/contracts';
import { condense } from '../text/condense.js';
import { oneLine } from '../text/sentences.js';
import { closed } from '../text/words.js';
import { spokenProse, type ProseSentence } from './prose-slides.js';
import type { ScriptContext } from './script-context.js';
import { say, sayAfterRest, type SlideDraft, type Spoken } from './slide-draft.js';

type TableBlock = Extract<Block, { type: 'table' }>;

const MOST_ROWS = 8;
const MOST_COLUMNS = 5;
/** Tables up to this size are read out; of larger ones only the outline. */
const READ_ROWS = 5;
const READ_CELLS = 20;
const LONGEST_CELL = 80;

/** The table in pieces of 8 rows and 5 columns, the header and the first column on each. */
export function tableDrafts(table: TableBlock, leadIn: readonly ProseSentence[], context: ScriptContext): SlideDraft[] {
  const rows = table.rows.map((row) => row.map(oneLine)).filter((row) => row.some((cell) => cell !== ''));
  if (rows.length === 0) return [];
  const header = table.header && rows.length > 1 ? rows[0] : undefined;
  const body = header === undefined ? rows : rows.slice(1);
  const pieces = columnGroups(Math.max(...rows.map((row) => row.length))).flatMap((columns) => rowGroups(body, MOST_ROWS - (header === undefined ? 0 : 1)).map((group) => ({ columns, group })));
  return pieces.map(({ columns, group }, index) => ({
    body: { kind: 'table', header: header !== undefined, rows: [...(header === undefined ? [] : [header]), ...group].map((row) => columns.map((column) => shownCell(row[column] ?? '', context))) },
    spoken: index === 0 ? [...spokenProse(leadIn), ...spokenTable(header, body, context)] : [say(context.phrases.tableContinued)],
    nameless: context.phrases.tableTitle,
    matter: [...(index === 0 ? leadIn.map(({ text }) => text) : []), ...(header ?? [])].join(' '),
  }));
}

function columnGroups(count: number): number[][] {
  const all = Array.from({ length: count }, (_, index) => index);
  if (count <= MOST_COLUMNS) return [all];
  const others = all.slice(1);
  const pieces = Math.ceil(others.length / (MOST_COLUMNS - 1));
  const size = Math.ceil(others.length / pieces);
  return Array.from({ length: pieces }, (_, index) => [0, ...others.slice(index * size, (index + 1) * size)]);
}

function rowGroups(rows: readonly (readonly string[])[], most: number): (readonly string[])[][] {
  const pieces = Math.ceil(rows.length / most);
  const size = Math.ceil(rows.length / pieces);
  return Array.from({ length: pieces }, (_, index) => rows.slice(index * size, (index + 1) * size));
}

const shownCell = (cell: string, { text }: ScriptContext): string => (cell.length <= LONGEST_CELL ? cell : condense(cell, text, LONGEST_CELL));

function spokenTable(header: readonly string[] | undefined, rows: readonly (readonly string[])[], context: ScriptContext): Spoken[] {
  const { phrases } = context;
  const [firstColumn = '', ...others] = header ?? [];
  const names = others.filter((name) => name !== '').map((name) => context.inSentence(shownCell(name, context)));
  const opening = header === undefined || (firstColumn === '' && names.length === 0) ? phrases.tableOnly : phrases.tableColumns(shownCell(firstColumn, context), names);
  const isShort = rows.length <= READ_ROWS && rows.length * Math.max(...rows.map((row) => row.length)) <= READ_CELLS;
  const reading = isShort ? rows.map((row) => spokenRow(row, others, context)) : [phrases.tableRows(rows.length, firstCell(rows[0], context), firstCell(rows.at(-1), context))];
  return [sayAfterRest(opening), ...reading.filter((sentence) => sentence !== '').map((sentence, index) => (index === 0 ? sayAfterRest(sentence) : say(sentence)))];
}

const firstCell = (row: readonly string[] | undefined, context: ScriptContext): string => shownCell(row?.find((cell) => cell !== '') ?? '', context);

/** "Fase clara: local, tilacoides; produtos, ATP e NADPH." */
function spokenRow([first = '', ...cells]: readonly string[], columns: readonly string[], context: ScriptContext): string {
  const named = cells.flatMap((cell, index) => {
    const bare = shownCell(cell, context).replace(/[.;]+$/u, '');
    const column = columns[index] ?? '';
    if (bare === '' || /^[-–—]$/.test(bare)) return [];
    return [column === '' || cells.length === 1 ? context.afterColon(bare) : `${context.inSentence(column)}, ${context.afterColon(bare)}`];
  });
  const name = shownCell(first, context);
  if (named.length === 0) return name === '' ? '' : closed(name);
  return closed(name === '' ? named.join('; ') : `${name}: ${named.join('; ')}`);
}
