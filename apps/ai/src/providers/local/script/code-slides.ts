import type { Block } from '@tecnocursos/contracts';
import { oneLine } from '../text/sentences.js';
import { spokenProse, type ProseSentence } from './prose-slides.js';
import type { ScriptContext } from './script-context.js';
import { say, sayAfterRest, type SlideDraft } from './slide-draft.js';

type CodeBlock = Extract<Block, { type: 'code' }>;

const MOST_LINES = 16;
const FEWEST_LINES = 8;
const MOST_NAMES = 3;
const DECLARATION = /^\s*(?:export\s+)?(?:default\s+)?(?:async\s+)?(?:public\s+|private\s+|static\s+)*(def|function|func|fn|class|interface|create table)\s+([\p{L}_][\p{L}\p{N}_]*)/gimu;
const KINDS: Readonly<Record<string, 'class' | 'table'>> = { class: 'class', interface: 'class', 'create table': 'table' };
const LANGUAGE_NAMES: Readonly<Record<string, string>> = {
  js: 'JavaScript', javascript: 'JavaScript', ts: 'TypeScript', typescript: 'TypeScript', py: 'Python', python: 'Python', java: 'Java', html: 'HTML', css: 'CSS', sql: 'SQL',
  sh: 'shell', bash: 'shell', php: 'PHP', rb: 'Ruby', ruby: 'Ruby', go: 'Go', rs: 'Rust', rust: 'Rust', kotlin: 'Kotlin', swift: 'Swift', json: 'JSON', yaml: 'YAML', yml: 'YAML', xml: 'XML',
};

const CODE_MARKS = /[{};]|\w\(|^\s*(?:def|function|var|let|const|if|for|while|print|import|return|select|echo|class|#include)\b/imu;

/** An equation that its reader took for code: one or two lines, no marks of a program. */
const isFormula = ({ language, text }: CodeBlock): boolean =>
  language === undefined && text.trim().split('\n').length <= 2 && /[=→⇌⟶+]/u.test(text) && !CODE_MARKS.test(text);

/** The code in pieces of at most 16 lines, cut at empty lines where there are any; it is described, not read out. */
export function codeDrafts(code: CodeBlock, leadIn: readonly ProseSentence[], context: ScriptContext): SlideDraft[] {
  const language = code.language === undefined ? undefined : LANGUAGE_NAMES[code.language.toLowerCase()];
  const names = [...new Set([...code.text.matchAll(DECLARATION)].map(([, keyword = '', name = '']) => context.phrases.declaration(KINDS[keyword.toLowerCase()] ?? 'function', name)))].slice(0, MOST_NAMES);
  const formula = isFormula(code);
  const description = formula ? context.phrases.formula(oneLine(code.text)) : context.phrases.code(language, names);
  return chunkLines(code.text).map((piece, index) => ({
    body: { kind: 'code', code: piece, ...(code.language !== undefined && { language: code.language }) },
    spoken: index === 0 ? [...spokenProse(leadIn), sayAfterRest(description)] : [say(context.phrases.codeContinued)],
    matter: index === 0 ? leadIn.map(({ text }) => text).join(' ') : '',
    nameless: formula ? context.phrases.formulaTitle : context.phrases.codeTitle(language),
  }));
}

function chunkLines(text: string): string[] {
  const lines = text.replaceAll('\r\n', '\n').replaceAll('\t', '  ').replace(/^\s*\n|\s+$/g, '').split('\n');
  const pieces: string[] = [];
  for (let start = 0; start < lines.length;) {
    const end = pieceEnd(lines, start);
    const piece = lines.slice(start, end).join('\n').replace(/^\s*\n|\s+$/g, '');
    if (piece.trim() !== '') pieces.push(piece);
    start = end;
  }
  return pieces;
}

function pieceEnd(lines: readonly string[], start: number): number {
  if (lines.length - start <= MOST_LINES) return lines.length;
  for (let end = start + MOST_LINES; end >= start + FEWEST_LINES; end -= 1) if (lines[end]?.trim() === '') return end;
  return start + MOST_LINES;
}
