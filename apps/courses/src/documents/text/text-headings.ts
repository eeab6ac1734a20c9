import type { Block } from '@tecnocursos/contracts';

/** Lines that no empty line parts. */
export interface Passage {
  lines: string[];
  /** What the single line was underlined with. */
  underline?: '=' | '-';
}

export interface Surroundings {
  isFirst: boolean;
  next: Passage | undefined;
}

const LONGEST_HEADING = 90;
const LONGEST_BARE_HEADING = 70;
const NUMBERED = /^(\d{1,2}(?:\.\d{1,2})*)[.)]?\s+\S/;
const HASHES = /^(#{1,6})\s+(\S.*?)\s*#*$/;
const PART = /^(cap[ií]tulo|m[oó]dulo|unidade|aula|li[cç][aã]o|parte|se[cç][aã]o|t[oó]pico|chapter|module|unit|lesson|part|section|topic)\s+(\d{1,3}|[IVXLC]+)\b/i;

export function isNumbered(line: string | undefined): boolean {
  return line !== undefined && NUMBERED.test(line.trim());
}

/** The heading that a passage is, by the habits of people who write without a word processor. */
export function headingOf(passage: Passage, { isFirst, next }: Surroundings): Block | undefined {
  const [line, second] = passage.lines;
  if (line === undefined || second !== undefined) return undefined;
  const text = line.trim();
  if (passage.underline !== undefined) return heading(passage.underline === '=' ? 1 : 2, text);
  const hashes = HASHES.exec(text);
  if (hashes !== null) return heading(hashes[1]?.length ?? 1, hashes[2] ?? text);
  if (next === undefined || text.length > LONGEST_HEADING || /[.;,!]$/.test(text) || /^\s*[-*•●◦▪‣·–—]/.test(line)) return undefined;
  if (isFirst && !isNumbered(text)) return heading(1, text);
  return plainHeading(text, next);
}

function plainHeading(text: string, next: Passage): Block | undefined {
  const number = NUMBERED.exec(text)?.[1];
  if (number !== undefined) return isNumbered(next.lines[0]) && next.lines.length === 1 && !isDeeper(number, next) ? undefined : heading(number.split('.').length + 1, text);
  if (PART.test(text)) return heading(2, text);
  if (isAllCapitals(text)) return heading(2, text);
  const startsUpper = /^[^\p{L}]*\p{Lu}/u.test(text);
  if (startsUpper && text.length <= LONGEST_BARE_HEADING && !/:$/.test(text) && next.lines.join(' ').length > text.length) return heading(2, text);
  return undefined;
}

/** "1 Plants" followed by "1.1 Leaves" opens a section; followed by "2 Animals" it is an item of a list. */
function isDeeper(number: string, next: Passage): boolean {
  const following = NUMBERED.exec((next.lines[0] ?? '').trim())?.[1] ?? '';
  return following.split('.').length !== number.split('.').length;
}

function isAllCapitals(text: string): boolean {
  const letters = text.match(/\p{L}/gu) ?? [];
  return letters.length >= 3 && text === text.toLocaleUpperCase('pt-BR');
}

function heading(level: number, text: string): Block {
  return { type: 'heading', level: Math.min(6, level), text };
}
