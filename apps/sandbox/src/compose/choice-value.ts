import { FLAG_LIMIT, harmOfField, moderate } from './moderation.js';
import type { Place } from './place.js';

const DEFAULTS = ['neutral', 'neutro', 'intermediate', 'intermediário', 'intermediario', 'medium', 'médio', 'other', 'outro'];
const OPENERS = ['title', 'cover', 'intro', 'introduction', 'opening', 'capa', 'abertura'];
const CLOSERS = ['closing', 'outro', 'conclusion', 'ending', 'summary', 'encerramento', 'conclusão'];
const MIDDLES = ['bullets', 'content', 'text', 'body', 'paragraph', 'conteúdo'];
const QUESTIONS = ['cloze', 'multiple_choice', 'single_choice'];
const GOOD = /\b(?:safe|valid|relevant|appropriate|complete|ok|seguro|adequad[oa])$/;
const RIGHT = /\b(?:correct|right|corret[oa]|certa|certo)\b/;

/** The value of an enumeration that fits the text best; the list's own order decides between equals. */
export function enumValue(values: readonly unknown[], place: Place, givens: ReadonlyMap<string, string>): unknown {
  const { name, material, ordinal, siblings, correction, question } = place;
  if (place.isUnique) return values[ordinal % values.length];
  const given = (givens.get(name.replaceAll(' ', '_')) ?? givens.get(`${name.replaceAll(' ', '_')}s`))?.toLowerCase();
  const own = correction && ([correction.kind, 'grammar'] as const).find((kind) => values.includes(kind) && (given === undefined || isAmong(kind, given)));
  if (own) return own;
  const wanted = given === undefined ? undefined : values.find((value) => typeof value === 'string' && isAmong(value.toLowerCase(), given));
  if (wanted !== undefined) return wanted;
  const language = material.language === 'pt' ? ['pt-BR', 'pt', 'pt-br', 'por'] : ['en', 'en-US', 'en-us', 'eng'];
  const fitting = [...(question ? QUESTIONS : []), ...sequenceNames(values, ordinal, siblings), ...language, ...DEFAULTS];
  const named = fitting.find((value) => values.includes(value));
  if (named !== undefined) return named;
  const text = material.text.toLowerCase();
  return values.find((value) => typeof value === 'string' && value.length > 2 && text.includes(value.toLowerCase().replaceAll('_', ' '))) ?? values[0];
}

const isAmong = (value: string, list: string): boolean => list.split(/[,;|]/).some((item) => item.trim() === value);

/** Items of a sequence with a beginning and an end, such as slides. */
function sequenceNames(values: readonly unknown[], ordinal: number, siblings: number): readonly string[] {
  if (!isSequence(values)) return [];
  if (ordinal === 0) return OPENERS;
  return ordinal === siblings - 1 ? CLOSERS : MIDDLES;
}

export const isSequence = (values: readonly unknown[]): boolean => OPENERS.some((name) => values.includes(name)) && CLOSERS.some((name) => values.includes(name));

/** The harms of an enumeration that the text shows signs of; undefined when it lists no harms. */
export function harmsShown(values: readonly unknown[], text: string): readonly unknown[] | undefined {
  const scores = values.map((value) => harmOfField(String(value), text));
  if (scores.filter((score) => score !== undefined).length < values.length / 2) return undefined;
  return values.filter((_value, index) => (scores[index] ?? 0) >= FLAG_LIMIT);
}

/** Of the options of a question the first is the right one, unless the question says another; warnings come of signs of harm, approvals are given. */
export function booleanValue({ name, ordinal, isUnique, material, question }: Place): boolean {
  if (isUnique) return ordinal % 2 === 0;
  if (RIGHT.test(name)) return ordinal === (question?.answerIndex ?? 0);
  if (/\b(?:flagged|blocked|unsafe|harmful|sensitive)\b/.test(name)) return Object.values(moderate(material.text)).some((score) => score >= FLAG_LIMIT);
  return GOOD.test(name) && !/\b(?:un|not|in(?:valid|approp|compl))/.test(name);
}
