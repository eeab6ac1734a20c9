import type { ContentAnalysis } from '@tecnocursos/contracts';

type Entity = ContentAnalysis['entities'][number];

const MONTHS = 'janeiro|fevereiro|março|abril|maio|junho|julho|agosto|setembro|outubro|novembro|dezembro|January|February|March|April|May|June|July|August|September|October|November|December';
const DATE = new RegExp(String.raw`(?<![\p{L}\p{N}])(?:\d{1,2}º? de (?:${MONTHS})(?: de \d{4})?|(?:${MONTHS})(?: \d{1,2},)? \d{4}|\d{1,2}/\d{1,2}/\d{4}|\d{4}-\d{2}-\d{2}|(?:1[0-9]|20)\d{2}|século [IVX]{1,5})(?![\p{L}\p{N}])`, 'giu');
/** Capitalised words that follow one another, with "de", "da", "of" and the like between. */
const NAME = /(?<![\p{L}\p{N}])\p{Lu}[\p{L}\p{M}'’-]*\.?(?:\s(?:(?:d[aeo]s?|e|of|the|von|van)\s)?\p{Lu}[\p{L}\p{M}'’-]*)*/gu;
const TITLE = /^(?:Dra?|Profa?|Sra?|Mr|Mrs|Ms|Dr|Prof|Dom|Dona|São|Santa)\.?\s/u;
const ORGANIZATION = /(?:^|\s)(?:Universidade|Faculdade|Instituto|Ministério|Secretaria|Fundação|Associação|Organização|Empresa|Banco|Escola|Colégio|Museu|Partido|Conselho|Tribunal|University|Institute|Ministry|Foundation|Association|Organization|Company|Bank|School|Museum|Council|Court|Inc|Ltda|Ltd|S\.A)(?:\s|\.|$)/u;
const WORK = /["“«]([^"”»\n]{3,80})["”»]/gu;
const PLACES = new Set([
  'brasil|portugal|angola|moçambique|argentina|chile|uruguai|paraguai|peru|bolívia|colômbia|méxico|espanha|frança|itália|alemanha|inglaterra|rússia',
  'china|japão|índia|áfrica|europa|ásia|oceania|antártida|são paulo|rio de janeiro|minas gerais|espírito santo|bahia|pernambuco|ceará|amazônia|amazonas',
  'paraná|santa catarina|rio grande do sul|brasília|salvador|recife|fortaleza|curitiba|porto alegre|belo horizonte|manaus|belém|brazil|france|germany',
  'italy|spain|england|london|paris|rome|berlin|lisboa|lisbon|tokyo|new york|washington|united states|united kingdom|estados unidos|reino unido',
  'africa|europe|asia|america|américa',
].flatMap((names) => names.split('|')));

/** Names and dates that a text has, by how they are written: a proposal, not knowledge. */
export function entitiesIn(text: string): Entity[] {
  const found = new Map<string, Entity>();
  const add = (name: string, kind: Entity['kind']): void => {
    if (!found.has(name.toLowerCase())) found.set(name.toLowerCase(), { name, kind });
  };
  for (const [date] of text.matchAll(DATE)) add(date, 'date');
  for (const [, work = ''] of text.matchAll(WORK)) if (/^\p{Lu}/u.test(work)) add(work.trim(), 'work');
  for (const match of text.matchAll(NAME)) {
    const name = match[0].replace(/\.$/, '');
    const kind = kindOf(name, opensSentence(text, match.index));
    if (kind) add(name, kind);
  }
  return [...found.values()].slice(0, 60);
}

const opensSentence = (text: string, index: number): boolean => /(?:^|[.!?:…\n#>*•-]["“(]?)\s*$/u.test(text.slice(Math.max(0, index - 6), index));

/** A single capitalised word at the start of a sentence is a word like any other. */
function kindOf(name: string, isOpening: boolean): Entity['kind'] | undefined {
  const words = name.split(/\s+/);
  if (PLACES.has(name.toLowerCase())) return 'place';
  if (ORGANIZATION.test(name) && words.length > 1) return 'organization';
  if (TITLE.test(`${name} `) && words.length > 1) return 'person';
  if (isOpening) return undefined;
  if (/^\p{Lu}{2,}$/u.test(name)) return 'other';
  if (words.length >= 2 && words.length <= 4 && words.every((word) => /^\p{Lu}\p{Ll}+$/u.test(word) || /^(?:d[aeo]s?|e|von|van)$/.test(word))) return 'person';
  return name.length >= 4 ? 'other' : undefined;
}
