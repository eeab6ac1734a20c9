import type { Block } from '@tecnocursos/contracts';
import { oneLine } from '../text/sentences.js';
import { shuffled } from './text-hash.js';
import type { QuestionDraft } from './question-draft.js';
import type { QuizContext } from './quiz-context.js';

type TableBlock = Extract<Block, { type: 'table' }>;

const DISTRACTORS = 3;
const LONGEST_CELL = 90;
/** Behind the questions from the text. */
const AFTER_TEXT = 1_000_000;

/** What a table says of its rows: one question a column, the other options from the same column. */
export function tableQuestions(context: QuizContext): QuestionDraft[] {
  const tables = context.sections.flatMap(({ blocks }) => blocks.filter((block) => block.type === 'table'));
  return tables.flatMap((table) => (table.header ? questionsOf(table, context) : []));
}

function questionsOf(table: TableBlock, context: QuizContext): QuestionDraft[] {
  const [header = [], ...rows] = table.rows.map((row) => row.map(oneLine));
  return header.slice(1).flatMap((column, offset) => {
    const cells = rows.map((row) => ({ name: row[0] ?? '', value: row[offset + 1] ?? '' })).filter(({ name, value }) => name !== '' && value !== '' && value.length <= LONGEST_CELL);
    const values = [...new Set(cells.map(({ value }) => value))];
    return column === '' || values.length < 2 ? [] : cells.filter(({ name }) => cells.filter((other) => other.name === name).length === 1).map((cell) => question(cell, column, values, context));
  });
}

function question({ name, value }: { name: string; value: string }, column: string, values: readonly string[], { phrases }: QuizContext): QuestionDraft {
  const others = values.filter((other) => other !== value);
  return {
    kind: 'multiple_choice',
    prompt: phrases.tableCell(column, name),
    answer: value,
    distractors: shuffled(others, name).slice(0, DISTRACTORS),
    explanation: phrases.explanation(`${name} – ${column}: ${value}`),
    position: AFTER_TEXT,
    source: `${column}\u0000${name}`,
    subject: `${column} ${value}`,
  };
}
