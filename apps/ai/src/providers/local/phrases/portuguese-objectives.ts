import { guessArticle, isPluralNoun, startsOnItsOwn } from './portuguese-articles.js';

const LOOKS_INFINITIVE = /^\p{L}{2,}(?:ar|er|ir)\s/iu;
const NOUNS_LIKE_INFINITIVES = /^(?:lugar|mar|poder|ar|lar|par|radar|pilar|solar|celular|dever|mulher|prazer|açúcar|calcanhar|luar|altar|militar|saber|ser|caráter|líder|pôster|elixir|similar|popular)\s/iu;
const LONGEST_TOPIC = 90;

interface Pattern {
  readonly title: RegExp;
  objective(match: RegExpExecArray): string;
}

/** Kinds of headings and the verb that each asks for. */
const PATTERNS: readonly Pattern[] = [
  { title: /^o que (.+?)\?*$/iu, objective: ([, rest = '']) => `Explicar o que ${rest}` },
  { title: /^por ?que (.+?)\?*$/iu, objective: ([, rest = '']) => `Explicar por que ${rest}` },
  { title: /^(como|para que|quando|onde|quem) (.+?)\?*$/iu, objective: ([, question = '', rest = '']) => `Explicar ${question.toLowerCase()} ${rest}` },
  { title: /^(qual|quais) (.+?)\?*$/iu, objective: ([, question = '', rest = '']) => `Identificar ${question.toLowerCase()} ${rest}` },
  { title: /^(.+?)\s(?:versus|vs\.?|x)\s(.+)$/iu, objective: ([, one = '', other = '']) => `Comparar ${lowered(one)} e ${lowered(other)}` },
  { title: /^(diferenças?|semelhanças?) (.+)$/iu, objective: ([, kind = '', rest = '']) => `Apontar ${articled(kind)} ${rest}` },
  { title: /^(importância|relevância|papel|impactos?) (.+)$/iu, objective: ([, kind = '', rest = '']) => `Reconhecer ${articled(kind)} ${rest}` },
  { title: /^(?:tipos|classificação) (d.+)$/iu, objective: ([, rest = '']) => `Classificar os tipos ${rest}` },
  { title: /^(conceitos?|definiç(?:ão|ões)|princípios?|fundamentos?) (.+)$/iu, objective: ([, kind = '', rest = '']) => `Explicar ${articled(kind)} ${rest}` },
  { title: /^(fatores|causas|características|vantagens|desvantagens|etapas|fases|componentes|elementos|consequências|efeitos|partes|funções|sintomas|riscos|aplicações|produtos|propriedades|estruturas|sinais|medidas|regras|passos)(?: (.+))?$/iu,
    objective: ([, kind = '', rest]) => `Identificar ${articled(kind)}${rest === undefined ? '' : ` ${rest}`}` },
  { title: /^(história|origem|evolução|surgimento|contexto) (.+)$/iu, objective: ([, kind = '', rest = '']) => `Descrever ${articled(kind)} ${rest}` },
  { title: /^introdução (ao|à|aos|às) (.+)$/iu, objective: ([, to = '', rest = '']) => `Identificar os conceitos básicos ${({ ao: 'do', à: 'da', aos: 'dos', às: 'das' })[to.toLowerCase()] ?? 'de'} ${rest}` },
  { title: /^exemplos? (.+)$/iu, objective: ([, rest = '']) => `Dar exemplos ${rest}` },
];

const GENERAL_VERBS = ['Descrever', 'Caracterizar'] as const;
/** What happens is explained; what is there is described. */
const PROCESS = /^(?:\p{L}+(?:ção|ções|ismo)|funcionamento|desenvolvimento|fotossíntese|síntese|ciclo|processo|método|teoria|lei|leis|regra|modelo|princípio)(?!\p{L})/iu;

const lowered = (text: string): string => (/^\p{Lu}[\p{Lu}\d]/u.test(text) ? text : text.charAt(0).toLowerCase() + text.slice(1));
const articled = (noun: string): string => `${guessArticle(noun)} ${noun.toLowerCase()}`;

export function portugueseObjective(title: string, inline: string, article: string | undefined, turn: number): string {
  const subject = title.replace(/\s*[–—].*$/u, '');
  const head = essence(subject);
  for (const pattern of PATTERNS) {
    const match = pattern.title.exec(head);
    if (match) return pattern.objective(match);
  }
  if (LOOKS_INFINITIVE.test(head) && !NOUNS_LIKE_INFINITIVES.test(head)) return head;
  const topic = portugueseTopic(head, head === title.slice(0, head.length) ? inline.slice(0, head.length) : lowered(head), article);
  const verb = PROCESS.test(head) ? 'Explicar' : GENERAL_VERBS[turn % GENERAL_VERBS.length] ?? 'Descrever';
  return topic === undefined ? `Discutir: ${head}` : `${verb} ${topic}`;
}

export function portugueseObjectiveOfDefinition(term: string, article: string | undefined, plural: boolean): string {
  const known = article ?? guessArticle(term);
  return `Explicar o que ${plural || isPluralNoun(term) ? 'são' : 'é'} ${known} ${term}`;
}

/** "luz e pigmentos" → "luz e os pigmentos", "juros simples e juros compostos" → "juros simples e os juros compostos". */
function withSecondArticle(topic: string): string {
  const [, first = '', middle = '', second = ''] = /^(\p{L}+)((?:\s\p{L}+)?)\se\s(\p{L}+(?:\s\p{L}+)?)$/u.exec(topic) ?? [];
  const bothBare = middle === '' && !second.includes(' ');
  const sameNoun = first !== '' && second.startsWith(`${first} `);
  return bothBare && second !== '' || sameNoun ? `${first}${middle} e ${guessArticle(second)} ${second}` : topic;
}

/** "O que é a mitose?" → "o que é a mitose". */
export function portugueseQuestion(title: string): string | undefined {
  const bare = title.replace(/\?+$/u, '').trim();
  return /[:;.?]/u.test(bare) || !/^(?:o que|como|por ?que|quando|onde|qual|quais|quem|para que|quanto)\s\S+/iu.test(bare) ? undefined : lowered(bare);
}

/** What a title with a colon is about: its head, or its tail when the head only asks. */
function essence(title: string): string {
  const [head = title, tail] = title.split(/:\s/u);
  return tail !== undefined && !head.includes('?') && portugueseQuestion(head) !== undefined && head.split(' ').length <= 3 ? tail : head;
}

/** "fase clara" → "a fase clara"; undefined when the title is a question or a sentence of its own. */
export function portugueseTopic(title: string, inline: string, article: string | undefined): string | undefined {
  if (title.includes(': ')) return portugueseTopic(essence(title), lowered(essence(title)), article === undefined || essence(title) !== title.split(': ')[0] ? undefined : article);
  if (title.length > LONGEST_TOPIC || /[?!:;.,]/u.test(title)) return undefined;
  if (/^(?:o|a|os|as|um|uma)\s\p{L}/iu.test(title)) return lowered(title);
  if (startsOnItsOwn(title)) return undefined;
  if (LOOKS_INFINITIVE.test(title) && !NOUNS_LIKE_INFINITIVES.test(title)) return undefined;
  return `${article ?? guessArticle(title)} ${withSecondArticle(inline)}`;
}
