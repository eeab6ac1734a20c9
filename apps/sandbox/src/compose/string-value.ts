import { asBullet, capitalised } from './clauses.js';
import type { CorrectionKind } from './corrections.js';
import type { SchemaNode } from './json-schema.js';
import type { TextLanguage } from './language.js';
import { textMatching } from './pattern-text.js';
import type { Place } from './place.js';

/** Changes a text as the task wants it: marks it as translated, corrects it, or leaves it. */
export type Rewrite = (text: string) => string;

const FORMATS: Readonly<Record<string, (ordinal: number) => string>> = {
  'date-time': () => '2026-01-15T12:00:00Z',
  date: () => '2026-01-15',
  time: () => '12:00:00Z',
  duration: (ordinal) => `PT${ordinal + 5}M`,
  email: (ordinal) => `pessoa${ordinal + 1}@exemplo.com.br`,
  'idn-email': (ordinal) => `pessoa${ordinal + 1}@exemplo.com.br`,
  hostname: (ordinal) => `exemplo${ordinal + 1}.com.br`,
  uri: (ordinal) => `https://exemplo.com.br/${ordinal + 1}`,
  'uri-reference': (ordinal) => `/${ordinal + 1}`,
  url: (ordinal) => `https://exemplo.com.br/${ordinal + 1}`,
  uuid: (ordinal) => `00000000-0000-4000-8000-${(ordinal + 1).toString(16).padStart(12, '0')}`,
  ipv4: (ordinal) => `192.0.2.${(ordinal % 250) + 1}`,
  ipv6: (ordinal) => `2001:db8::${(ordinal + 1).toString(16)}`,
  'json-pointer': (ordinal) => `/${ordinal}`,
  regex: () => '.*',
};
const TITLE_CHARACTERS = 120;
const SENTENCE_CHARACTERS = 200;
const SUMMARY_CHARACTERS = 280;
/** Names of the alternatives of a question. */
export const OPTION_NAME = /\b(?:options?|choices?|alternatives?|answers|alternativas?|opções)\b/;
/** An aim in the infinitive, as lists of them have it. */
const AIM = /^\p{Ll}+(?:ar|er|ir)\s/u;
/** Points on a slide. */
export const BULLET_NAME = /^(?:bullets?|bullet points?)$/;
const PATTERN_TRIES = 40;

/** A text out of the material that fits the property's name, inside the limits of the schema. */
export function stringValue(node: SchemaNode, place: Place, rewrite: Rewrite): string {
  const format = node.format === undefined ? undefined : FORMATS[node.format];
  if (format) return format(place.ordinal);
  if (node.pattern !== undefined) return matching(node, node.pattern, place, rewrite);
  const text = fitted(named(place, node, rewrite), node, place);
  return place.isUnique && place.ordinal > 0 ? numbered(text, node, place.ordinal) : text;
}

function numbered(text: string, { maxLength = Infinity }: SchemaNode, ordinal: number): string {
  const suffix = `${maxLength > 8 ? ' ' : ''}${ordinal + 1}`;
  return maxLength === Infinity ? text + suffix : [...text].slice(0, Math.max(0, maxLength - suffix.length)).join('') + suffix;
}

const REASONS: Readonly<Record<TextLanguage, Readonly<Record<CorrectionKind, string>>>> = {
  pt: { spacing: 'Espaços a mais.', repetition: 'Palavra repetida.', capital: 'A frase começa com maiúscula.', punctuation: 'Faltava o ponto final.' },
  en: { spacing: 'Superfluous spaces.', repetition: 'A word was repeated.', capital: 'Sentences begin with a capital letter.', punctuation: 'The full stop was missing.' },
};
const MAY_BE_EMPTY = /\bempty (?:when|for|unless|if)\b|\bvazi[oa]\b/i;
/** Tables, code and headings are not read out. */
const SPOKEN = /^(?:script|roteiro|narration|narração|speech)$/;
const WHOLE_TEXT = /^(?:(?:translated|improved|corrected|revised|new|full) )?(?:text|texto|content|conteudo|conteúdo|body|script|roteiro|narration|speech|translation|result|output)$/;

function named(place: Place, { minLength = 0 }: SchemaNode, rewrite: Rewrite): string {
  const { name, ordinal, material } = place;
  const own = ofCorrection(place) ?? ofQuestion(place);
  if (own !== undefined) return own;
  if (/definition|definição|definicao/.test(name)) return definitionOf(place);
  if (minLength === 0 && MAY_BE_EMPTY.test(place.description)) return '';
  const shown = ofSlide(place);
  if (shown !== undefined) return rewrite(shown);
  const isPortuguese = material.language === 'pt';
  if (/\blang|idioma|locale/.test(name)) return isPortuguese ? 'pt-BR' : 'en';
  if (/^id$| id$|slug/.test(name)) return slug(material.title, ordinal);
  if (place.entity !== undefined && (place.isItem || /\b(?:name|nome|text|texto|entity|entidade)\b/.test(name))) return place.entity;
  if (/\b(?:keywords?|tags?|terms?|topics?|palavras?|termos?|t[oó]picos?|concepts?)\b/.test(name)) return rewrite(material.keywords[ordinal % material.keywords.length] ?? material.title);
  if (/\b(?:question|stem|pergunta|enunciado)\b/.test(name)) return isPortuguese ? `O que o texto diz sobre “${material.title}”?` : `What does the text say about “${material.title}”?`;
  if (/title|t[ií]tulo|^name$|nome|heading|label|headline/.test(name)) return rewrite(modest(material.title, TITLE_CHARACTERS, place));
  if (/objective|goal|objetivo|outcome/.test(name)) return objectiveOf(place, rewrite);
  if (/summary|resumo|overview|description|descri|abstract|synopsis/.test(name)) return rewrite(modest([material.nextSentence(), material.sentences.length > 1 ? material.nextSentence() : ''].join(' ').trim(), SUMMARY_CHARACTERS, place));
  if (!place.isWhole && SPOKEN.test(name)) return material.sentences.join('\n');
  if (WHOLE_TEXT.test(name)) return rewrite(place.depth === 1 ? place.wholeText : material.text);
  return rewrite(modest(material.nextSentence(), SENTENCE_CHARACTERS, place));
}

/** Schemas of strict structured outputs often carry no lengths: what a reader would expect counts then. */
function modest(text: string, limit: number, { isWhole }: Place): string {
  return isWhole || text.length <= limit ? text : `${text.slice(0, limit - 1).replace(/\s+\S*$/, '')}…`;
}

function ofCorrection({ name, correction, material }: Place): string | undefined {
  if (!correction) return undefined;
  if (/\b(?:before|original|old|antes|from)\b/.test(name)) return correction.before;
  if (/\b(?:after|replacement|corrected|new|depois|to)\b/.test(name)) return correction.after;
  return /\b(?:reason|motivo|explanation|why)\b/.test(name) ? REASONS[material.language][correction.kind] : undefined;
}

function ofQuestion({ name, ordinal, isItem, question }: Place): string | undefined {
  if (!question) return undefined;
  if (OPTION_NAME.test(name) && (isItem || /text|texto|label|option/.test(name))) return question.options[ordinal % question.options.length];
  if (/\b(?:prompt|question|stem|pergunta|enunciado|text)\b/.test(name)) return question.cloze;
  if (/\b(?:answer|correct|resposta)\b/.test(name)) return question.options[question.answerIndex];
  return /explanation|explica|rationale|feedback|reason|justific/.test(name) ? question.sentence : undefined;
}

/** The aims that the text itself lists (“explicar …;”), else what it says to be understood. */
function objectiveOf(place: Place, rewrite: Rewrite): string {
  const { material, ordinal } = place;
  const aims = material.sentences.filter((sentence) => AIM.test(sentence));
  if (material.language === 'pt' && aims.length > 1) return rewrite(capitalised(modest(aims[ordinal % aims.length] ?? '', SENTENCE_CHARACTERS, place).replace(/[;.]$/, '')));
  const matter = ordinal === 0 ? material.title : place.isWhole ? withoutStop(material.nextSentence()) : asBullet(material.nextSentence());
  return `${material.language === 'pt' ? 'Compreender' : 'Understand'}: ${rewrite(modest(matter, SENTENCE_CHARACTERS, place))}`;
}

function ofSlide({ name, ordinal, material: { slide }, isItem, isWhole }: Place): string | undefined {
  if (!slide || isWhole) return undefined;
  if (isItem && BULLET_NAME.test(name)) return slide.bullets[ordinal % Math.max(1, slide.bullets.length)];
  if (/^(?:slide )?(?:title|t[ií]tulo|heading)$/.test(name)) return slide.title;
  return SPOKEN.test(name) ? slide.narration : undefined;
}

/** The first sentence that speaks of the term at this place. */
function definitionOf({ material, ordinal }: Place): string {
  const term = material.keywords[ordinal % Math.max(1, material.keywords.length)];
  return (term === undefined ? undefined : material.sentences.find((sentence) => sentence.toLowerCase().includes(term))) ?? '';
}

const withoutStop = (text: string): string => text.replace(/[.!?…]+$/, '');

function slug(text: string, ordinal: number): string {
  const plain = text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^-|-$/g, '').slice(0, 40);
  return plain === '' ? `item-${ordinal + 1}` : ordinal === 0 ? plain : `${plain}-${ordinal + 1}`;
}

/** Counted in code points, as JSON Schema counts. */
function fitted(text: string, { minLength = 0, maxLength = Infinity }: SchemaNode, { material }: Place): string {
  let fit = text;
  if (codePoints(fit) < minLength) fit = `${fit} ${material.text}`.trim();
  while (codePoints(fit) < minLength) fit += fit.length > 0 ? ` ${fit}` : 'texto';
  if (codePoints(fit) <= maxLength) return fit;
  const cut = [...fit].slice(0, maxLength).join('');
  const word = cut.replace(/\s+\S*$/, '');
  return codePoints(word) >= Math.max(minLength, maxLength / 2) ? word : cut;
}

const codePoints = (text: string): number => (text.length > 1_000_000 ? text.length : [...text].length);

function matching(node: SchemaNode, pattern: string, place: Place, rewrite: Rewrite): string {
  const expression = new RegExp(pattern, 'u');
  const own = fitted(named(place, node, rewrite), node, place);
  if (expression.test(own)) return own;
  const { minLength = 0, maxLength = Infinity } = node;
  for (let extra = 0; extra < PATTERN_TRIES; extra += 1) {
    const text = textMatching(pattern, (extra + place.ordinal) % PATTERN_TRIES);
    if (codePoints(text) >= minLength && codePoints(text) <= maxLength && expression.test(text)) return text;
  }
  return textMatching(pattern, 0);
}
