import type { SchemaNode } from './json-schema.js';
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
const WHOLE_TEXT_LIMIT = 4_000;
const PATTERN_TRIES = 40;

/** A text out of the material that fits the property's name, inside the limits of the schema. */
export function stringValue(node: SchemaNode, place: Place, rewrite: Rewrite): string {
  const format = node.format === undefined ? undefined : FORMATS[node.format];
  if (format) return format(place.ordinal);
  if (node.pattern !== undefined) return matching(node, node.pattern, place, rewrite);
  const text = fitted(named(place, rewrite), node, place);
  return place.isUnique && place.ordinal > 0 ? numbered(text, node, place.ordinal) : text;
}

function numbered(text: string, { maxLength = Infinity }: SchemaNode, ordinal: number): string {
  const suffix = `${maxLength > 8 ? ' ' : ''}${ordinal + 1}`;
  return maxLength === Infinity ? text + suffix : [...text].slice(0, Math.max(0, maxLength - suffix.length)).join('') + suffix;
}

function named(place: Place, rewrite: Rewrite): string {
  const { name, ordinal, material, correction } = place;
  const isPortuguese = material.language === 'pt';
  if (correction && /before|original|old|antes|from/i.test(name)) return correction.before;
  if (correction && /after|replacement|corrected|new|depois|to$/i.test(name)) return correction.after;
  if (correction && /kind|type|reason|category|tipo|motivo/i.test(name)) return correction.kind;
  if (/lang|idioma|locale/i.test(name)) return isPortuguese ? 'pt-BR' : 'en';
  if (/^id$|_id$|slug/i.test(name)) return slug(material.title, ordinal);
  if (/keyword|tag|term|topic|entit|palavra|termo|topico|tópico|concept/i.test(name)) return rewrite(material.keywords[ordinal % material.keywords.length] ?? material.title);
  if (/question|stem|pergunta|enunciado/i.test(name)) return isPortuguese ? `O que o texto diz sobre “${material.title}”?` : `What does the text say about “${material.title}”?`;
  if (/title|titulo|título|^name$|nome|heading|label|headline/i.test(name)) return rewrite(material.title);
  if (/objective|goal|objetivo|outcome/i.test(name)) return `${isPortuguese ? 'Compreender' : 'Understand'}: ${rewrite(ordinal === 0 ? material.title : withoutStop(material.nextSentence()))}`;
  if (/summary|resumo|overview|description|descri|abstract|synopsis/i.test(name)) return rewrite([material.nextSentence(), material.sentences.length > 1 ? material.nextSentence() : ''].join(' ').trim());
  if (/^(?:text|texto|content|conteudo|conteúdo|body|script|roteiro|narration|speech|translation|translated\w*|improved\w*|corrected\w*|revised\w*|result|output)$/i.test(name)) {
    return rewrite(material.text.slice(0, WHOLE_TEXT_LIMIT));
  }
  return rewrite(material.nextSentence());
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
  const own = fitted(named(place, rewrite), node, place);
  if (expression.test(own)) return own;
  const { minLength = 0, maxLength = Infinity } = node;
  for (let extra = 0; extra < PATTERN_TRIES; extra += 1) {
    const text = textMatching(pattern, (extra + place.ordinal) % PATTERN_TRIES);
    if (codePoints(text) >= minLength && codePoints(text) <= maxLength && expression.test(text)) return text;
  }
  return textMatching(pattern, 0);
}
