const LONGEST_TOPIC = 90;

interface Pattern {
  readonly title: RegExp;
  objective(match: RegExpExecArray): string;
}

const lowered = (text: string): string => (/^\p{Lu}[\p{Lu}\d]/u.test(text) || text.startsWith('I ') ? text : text.charAt(0).toLowerCase() + text.slice(1));

/** Kinds of headings and the verb that each asks for. */
const PATTERNS: readonly Pattern[] = [
  { title: /^what (is|are|was|were) (.+?)\?*$/iu, objective: ([, verb = '', rest = '']) => `Explain what ${rest} ${verb.toLowerCase()}` },
  { title: /^(how|why|when|where) (?!do\b|does\b|did\b|is\b|are\b|can\b|should\b|was\b|were\b)(.+?)\?*$/iu, objective: ([, question = '', rest = '']) => `Explain ${question.toLowerCase()} ${rest}` },
  { title: /^(what|which|who) (?!do\b|does\b|did\b|can\b|should\b)(.+?)\?*$/iu, objective: ([, question = '', rest = '']) => `Explain ${question.toLowerCase()} ${rest}` },
  { title: /^(.+\?)$/u, objective: ([, question = '']) => `Answer the question “${question}”` },
  { title: /^(.+?)\s(?:versus|vs\.?)\s(.+)$/iu, objective: ([, one = '', other = '']) => `Compare ${lowered(one)} and ${lowered(other)}` },
  { title: /^(differences?|similarities) (.+)$/iu, objective: ([, kind = '', rest = '']) => `Point out the ${kind.toLowerCase()} ${rest}` },
  { title: /^(?:the )?(importance|role|impact) (.+)$/iu, objective: ([, kind = '', rest = '']) => `Recognize the ${kind.toLowerCase()} ${rest}` },
  { title: /^(?:types|kinds) of (.+)$/iu, objective: ([, rest = '']) => `Classify the types of ${rest}` },
  { title: /^(?:the )?(factors|causes|characteristics|features|advantages|disadvantages|stages|steps|phases|components|elements|consequences|effects|parts|functions|symptoms|risks|applications|products|properties|uses)(?: (.+))?$/iu,
    objective: ([, kind = '', rest]) => `Identify the ${kind.toLowerCase()}${rest === undefined ? '' : ` ${rest}`}` },
  { title: /^(?:the )?(history|origins?|evolution|rise) (.+)$/iu, objective: ([, kind = '', rest = '']) => `Describe the ${kind.toLowerCase()} ${rest}` },
  { title: /^introduction to (.+)$/iu, objective: ([, rest = '']) => `Identify the basic concepts of ${lowered(rest)}` },
  { title: /^examples? of (.+)$/iu, objective: ([, rest = '']) => `Give examples of ${rest}` },
  { title: /^(\p{L}+ing)\s(.+)$/iu, objective: ([, verb = '', rest = '']) => `Describe the process of ${lowered(verb)} ${rest}` },
];

const GENERAL_VERBS = ['Describe', 'Explain', 'Discuss'] as const;

export function englishObjective(title: string, inline: string, article: string | undefined, turn: number): string {
  const subject = title.replace(/\s*[–—].*$/u, '');
  const [head = subject] = subject.split(/:\s/u);
  for (const pattern of PATTERNS) {
    const match = pattern.title.exec(head);
    if (match) return pattern.objective(match);
  }
  const topic = englishTopic(head, inline.slice(0, head.length), article);
  const verb = GENERAL_VERBS[turn % GENERAL_VERBS.length] ?? 'Describe';
  return topic === undefined ? `Discuss: ${head}` : `${verb} ${topic}`;
}

export const englishObjectiveOfDefinition = (term: string, article: string | undefined, plural: boolean): string =>
  `Explain what ${article === undefined ? '' : `${article} `}${term} ${plural ? 'are' : 'is'}`;

/** "What is osmosis?" → "what osmosis is"; questions with "do" stay questions. */
export function englishQuestion(title: string): string | undefined {
  const bare = title.replace(/\?+$/u, '').trim();
  if (/[:;.?]/u.test(bare)) return undefined;
  const [, verb, rest] = /^what (is|are|was|were) (.+)$/iu.exec(bare) ?? [];
  if (verb !== undefined && rest !== undefined) return `what ${rest} ${verb.toLowerCase()}`;
  return /^(?:how|why|when|where|what|which|who)\s(?!do|does|did|is|are|can|should|was|were|will)\S+/iu.test(bare) ? lowered(bare) : undefined;
}

export function englishTopic(title: string, inline: string, article: string | undefined): string | undefined {
  const [head = title, tail] = title.split(': ');
  if (tail !== undefined) return englishTopic(head, inline.slice(0, head.length), article);
  if (title.length > LONGEST_TOPIC || /[?!:;.]/u.test(title)) return undefined;
  if (/^(?:the|a|an)\s/iu.test(title)) return lowered(title);
  if (/^(?:how|why|when|where|what|who|which|if|to|in|on|at|for|with|from|by)\s/iu.test(title)) return undefined;
  return article === undefined ? inline : `${article} ${inline}`;
}
