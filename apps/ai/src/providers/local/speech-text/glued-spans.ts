export interface SpokenSpan {
  readonly start: number;
  readonly end: number;
  readonly spoken: string;
}

const OPENING = /^[([{"'“‘«]+/u;
const CLOSING = /[)\]}"'”’».,;:!?…]+$/u;

/**
 * A replaced stretch that touches other letters would be spoken as one word with them ("COVID-19", "2x+1"). The whole run
 * between white space becomes one stretch then, its parts said apart.
 */
export function mergeGlued(text: string, spans: readonly SpokenSpan[], slash: string): SpokenSpan[] {
  const merged: SpokenSpan[] = [];
  for (let index = 0; index < spans.length;) {
    const run = runOf(text, spans, index);
    merged.push(...joinRun(text, run, slash));
    index += run.length;
  }
  return merged;
}

/** The spans from `index` on that no white space parts. */
function runOf(text: string, spans: readonly SpokenSpan[], index: number): SpokenSpan[] {
  const run: SpokenSpan[] = [];
  for (let next = spans[index]; next !== undefined; next = spans[index + run.length]) {
    const previous = run.at(-1);
    if (previous && /\s/.test(text.slice(previous.end, next.start))) break;
    run.push(next);
  }
  return run;
}

function joinRun(text: string, run: readonly SpokenSpan[], slash: string): readonly SpokenSpan[] {
  const first = run[0];
  const last = run.at(-1);
  if (!first || !last) return [];
  const before = /\S*$/.exec(text.slice(0, first.start))?.[0] ?? '';
  const after = /^\S*/.exec(text.slice(last.end))?.[0] ?? '';
  const start = first.start - before.replace(OPENING, '').length;
  const end = last.end + (/[\p{L}\p{N}]/u.test(after) ? after.replace(CLOSING, '').length : 0);
  if (run.length === 1 && start === first.start && end === last.end) return run;
  return [{ start, end, spoken: spokenRun(text, run, { start, end }, slash) }];
}

function spokenRun(text: string, run: readonly SpokenSpan[], { start, end }: { start: number; end: number }, slash: string): string {
  let spoken = '';
  let position = start;
  for (const span of run) {
    const gap = text.slice(position, span.start);
    spoken += `${gap === '/' && isNumber(text, position) ? ` ${slash}` : between(gap)} ${span.spoken} `;
    position = span.end;
  }
  return (spoken + between(text.slice(position, end))).replaceAll(/\s+/g, ' ').replaceAll(/\s+(?=[,;:.!?)])/g, '').trim();
}

/** "8.213/1991": the slash between numbers is said. */
const isNumber = (text: string, slashAt: number): boolean => /\d/.test(text[slashAt - 1] ?? '') && /\d/.test(text[slashAt + 1] ?? '');

const between = (plain: string): string => plain.replaceAll(/[-–/]/g, ' ');
