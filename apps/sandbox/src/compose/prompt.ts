import { languageOf, type TextLanguage } from './language.js';

/** What a model is asked: by whom it was set up, and what the user says now. */
export interface PromptText {
  readonly instructions: string;
  readonly user: string;
}

export type Task = { readonly kind: 'answer' } | { readonly kind: 'improve' } | { readonly kind: 'translate'; readonly target: string };

/** A prompt taken apart: what is to be done, and the text to do it with. Words inside a document are never taken for the request. */
export interface ReadPrompt {
  readonly request: string;
  readonly source: string;
  readonly hasDocument: boolean;
  readonly language: TextLanguage;
  readonly task: Task;
  /** Facts of the request, one a line: `questions: 5`. Names are in lower case. */
  readonly givens: ReadonlyMap<string, string>;
}

/** Between two documents of one prompt. */
export const DOCUMENT_BREAK = '\n\f\n';
const OPENING = '<document>';
const CLOSING = '</document>';
const TRANSLATE = /\b(?:traduz\w*|tradução|translat\w*)/i;
const IMPROVE = /\b(?:melhor[ea]r?\b|aprimor\w*|corrij\w*|corrig\w*|revis[ae]\w*|reescrev\w*|improve\w*|correct (?:the|this|these|my|all|any)\b|proofread\w*|rewrite\w*|polish\b)/i;
/** “to the language with the tag "en"”. */
const QUOTED_TARGET = /\b(?:to|into|para)\b[^.\n]{0,80}?["“'`](\p{L}{2,3}(?:-[\p{L}\p{N}]{2,8})*)["”'`]/iu;
const GIVEN = /^([\p{L}_]{2,40})\s*:\s*(\S.{0,400})$/gmu;
const TARGET = /\b(?:to|into|para|em)\s+(?:o\s+|the\s+)?["'`“]?(\p{L}+(?:-\p{L}{2,4})?)/giu;
const LANGUAGES: Readonly<Record<string, string>> = {
  inglês: 'en', ingles: 'en', english: 'en', português: 'pt-BR', portugues: 'pt-BR', portuguese: 'pt-BR', brazilian: 'pt-BR', espanhol: 'es', spanish: 'es', francês: 'fr',
  frances: 'fr', french: 'fr', alemão: 'de', alemao: 'de', german: 'de', italiano: 'it', italian: 'it', japonês: 'ja', japanese: 'ja',
};
const CODE = /^(?:en|pt|es|fr|de|it|ja|zh)(?:-[A-Za-z]{2,4})?$/;
/** A request before its text ends with a colon or a line break within so many characters. */
const LEAD_IN_LIMIT = 300;

export function readPrompt({ instructions, user }: PromptText): ReadPrompt {
  const { documents, outside } = takeDocuments(user);
  const hasDocument = documents.length > 0;
  const task = taskOf(instructions, outside.slice(0, LEAD_IN_LIMIT));
  const source = hasDocument ? documents.join(DOCUMENT_BREAK) : task.kind === 'answer' ? user : withoutLeadIn(user);
  const givens = new Map([...outside.matchAll(GIVEN)].map(([, name = '', value = '']) => [name.toLowerCase(), value.trim()]));
  return { givens, request: outside.trim(), source, hasDocument, language: languageOf(hasDocument && outside.trim() === '' ? source : `${outside} ${source}`), task };
}

function takeDocuments(text: string): { documents: string[]; outside: string } {
  const documents: string[] = [];
  let [outside, position] = ['', 0];
  for (;;) {
    const start = text.indexOf(OPENING, position);
    const end = start < 0 ? -1 : text.indexOf(CLOSING, start);
    if (end < 0) return { documents, outside: documents.length === 0 ? text : outside + text.slice(position) };
    documents.push(text.slice(start + OPENING.length, end).replace(/^\r?\n/, '').replace(/\r?\n$/, ''));
    outside += `${text.slice(position, start)} `;
    position = end + CLOSING.length;
  }
}

function taskOf(instructions: string, lead: string): Task {
  const both = `${lead}\n${instructions}`;
  if (TRANSLATE.test(both)) return { kind: 'translate', target: targetOf(both) };
  return IMPROVE.test(both) ? { kind: 'improve' } : { kind: 'answer' };
}

function targetOf(text: string): string {
  const quoted = QUOTED_TARGET.exec(text)?.[1];
  if (quoted !== undefined) return LANGUAGES[quoted.toLowerCase()] ?? quoted;
  for (const [, name = ''] of text.matchAll(TARGET)) {
    const code = LANGUAGES[name.toLowerCase()] ?? (CODE.test(name) ? name : undefined);
    if (code !== undefined) return code;
  }
  return languageOf(text) === 'pt' ? 'pt-BR' : 'en';
}

/** “Translate into English: …” → “…”. A text without a lead-in stays whole. */
function withoutLeadIn(text: string): string {
  const end = /[:\n]/.exec(text.slice(0, LEAD_IN_LIMIT));
  if (!end) return text;
  const lead = text.slice(0, end.index);
  const rest = text.slice(end.index + 1).trim();
  return rest !== '' && (TRANSLATE.test(lead) || IMPROVE.test(lead)) ? rest : text;
}
