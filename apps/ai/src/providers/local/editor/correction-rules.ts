import type { ImproveGoal, Language } from '@tecnocursos/contracts';

export interface CorrectionRule {
  readonly goal: Extract<ImproveGoal, 'grammar' | 'clarity'>;
  readonly pattern: RegExp;
  /** What stands in place of the match; undefined when it was no mistake after all. */
  readonly correct: (match: RegExpExecArray) => string | undefined;
  readonly reason: string;
}

interface Reasons {
  readonly spaces: string;
  readonly spaceBefore: string;
  readonly spaceAfter: string;
  readonly repeated: string;
  readonly capital: string;
  readonly stop: string;
  readonly spelling: string;
  readonly wordy: string;
}

const REASONS: Readonly<Record<Language, Reasons>> = {
  'pt-BR': {
    spaces: 'Um espaço basta.', spaceBefore: 'Não há espaço antes da pontuação.', spaceAfter: 'Falta espaço depois da pontuação.', repeated: 'A palavra está repetida.',
    capital: 'A frase começa com maiúscula.', stop: 'Falta o ponto final.', spelling: 'Grafia ou regência corrigida.', wordy: 'Diz o mesmo com menos palavras.',
  },
  en: {
    spaces: 'One space is enough.', spaceBefore: 'There is no space before punctuation.', spaceAfter: 'A space is missing after punctuation.', repeated: 'The word is repeated.',
    capital: 'A sentence begins with a capital.', stop: 'The full stop is missing.', spelling: 'Spelling or usage corrected.', wordy: 'It says the same in fewer words.',
  },
};

/** Wrong form, right form. Only forms that are wrong wherever they stand. */
const SLIPS: Readonly<Record<Language, Readonly<Record<string, string>>>> = {
  'pt-BR': {
    nao: 'não', voce: 'você', voces: 'vocês', tambem: 'também', alem: 'além', apartir: 'a partir', oque: 'o que', porisso: 'por isso', concerteza: 'com certeza', derrepente: 'de repente', atravez: 'através',
    menas: 'menos', seje: 'seja', esteje: 'esteja', houveram: 'houve', quizer: 'quiser', quizeram: 'quiseram', mecher: 'mexer', enchergar: 'enxergar', excessão: 'exceção', previlégio: 'privilégio',
    beneficiente: 'beneficente', impecilho: 'empecilho', ancioso: 'ansioso', ansiosidade: 'ansiedade', mendingo: 'mendigo', mortandela: 'mortadela', idéia: 'ideia', idéias: 'ideias',
    assembléia: 'assembleia', platéia: 'plateia', européia: 'europeia', heróico: 'heroico', vôo: 'voo', vôos: 'voos', enjôo: 'enjoo', lêem: 'leem', vêem: 'veem', crêem: 'creem', dêem: 'deem',
    'para mim fazer': 'para eu fazer', 'entre eu e você': 'entre mim e você', 'a nível de': 'em termos de', 'de encontro às necessidades': 'ao encontro das necessidades', 'hão de haverem': 'hão de haver',
  },
  en: {
    teh: 'the', alot: 'a lot', recieve: 'receive', recieved: 'received', seperate: 'separate', definately: 'definitely', occured: 'occurred', untill: 'until', wich: 'which', beleive: 'believe', goverment: 'government',
    enviroment: 'environment', neccessary: 'necessary', begining: 'beginning', 'could of': 'could have', 'should of': 'should have', 'would of': 'would have',
  },
};
const WORDY: Readonly<Record<Language, Readonly<Record<string, string>>>> = {
  'pt-BR': {
    'devido ao fato de que': 'porque', 'pelo fato de que': 'porque', 'com o objetivo de': 'para', 'com a finalidade de': 'para', 'no sentido de': 'para', 'no presente momento': 'agora', 'na medida do possível': 'se possível',
    'subir para cima': 'subir', 'descer para baixo': 'descer', 'entrar para dentro': 'entrar', 'sair para fora': 'sair', 'elo de ligação': 'elo', 'surpresa inesperada': 'surpresa', 'planejar antecipadamente': 'planejar',
  },
  en: { 'due to the fact that': 'because', 'in order to': 'to', 'at this point in time': 'now', 'in the event that': 'if', 'for the purpose of': 'for', 'a large number of': 'many', utilize: 'use', utilizes: 'uses' },
};
const MAY_REPEAT = new Set(['muito', 'bem', 'que', 'had', 'that', 'very', 'blá', 'ha', 'kkk']);
const SHORT_WORDS_END_NO_SENTENCE = 4;
const WORDS_OF_A_SENTENCE = 6;

/** Rules in the order in which they claim a passage. */
export function correctionRules(language: Language): CorrectionRule[] {
  const reasons = REASONS[language];
  return [
    ...phraseRules(WORDY[language], 'clarity', reasons.wordy),
    ...(language === 'pt-BR' ? [yearsAgo(reasons), yearsMake(reasons), umlaut(reasons)] : []),
    ...phraseRules(SLIPS[language], 'grammar', reasons.spelling),
    { goal: 'grammar', pattern: /(?<![\p{L}\p{N}-])(\p{L}{2,}) \1(?![\p{L}\p{N}-])/giu, correct: ([, word = '']) => (MAY_REPEAT.has(word.toLowerCase()) ? undefined : word), reason: reasons.repeated },
    { goal: 'grammar', pattern: /(?<=[\p{L}\p{N})”"]) +([,;!?]|[.:](?=\s|$))/gmu, correct: ([, mark = '']) => mark, reason: reasons.spaceBefore },
    { goal: 'grammar', pattern: /(?<=\p{L})([,;])(?=\p{L})/gu, correct: ([, mark = '']) => `${mark} `, reason: reasons.spaceAfter },
    { goal: 'grammar', pattern: /(?<=[^\s|]) {2,}(?=[^\s|])/gu, correct: () => ' ', reason: reasons.spaces },
    { goal: 'grammar', pattern: new RegExp(String.raw`(?<=\p{L}{${SHORT_WORDS_END_NO_SENTENCE},}[.!?] )\p{Ll}`, 'gu'), correct: ([letter]) => letter.toUpperCase(), reason: reasons.capital },
    { goal: 'grammar', pattern: /^\p{Ll}(?=[^\n]*[.!?]$)/gmu, correct: ([letter]) => letter.toUpperCase(), reason: reasons.capital },
    { goal: 'grammar', pattern: /(?<![\p{L}\p{N}])([\p{L}\p{N}]{1,60})[ \t]*$/gmu, correct: (match) => (endsProse(match) ? `${match[1]}.` : undefined), reason: reasons.stop },
  ];
}

function phraseRules(phrases: Readonly<Record<string, string>>, goal: CorrectionRule['goal'], reason: string): CorrectionRule[] {
  const entries = Object.entries(phrases);
  const table = new Map(entries);
  const pattern = new RegExp(`(?<![\\p{L}\\p{N}-])(?:${entries.map(([wrong]) => wrong).sort((one, other) => other.length - one.length).join('|')})(?![\\p{L}\\p{N}-])`, 'giu');
  return [{ goal, pattern, reason, correct: ([found]) => likeCased(found, table.get(found.toLowerCase())) }];
}

/** "há dois anos atrás": "há" says it already. */
const yearsAgo = ({ wordy }: Reasons): CorrectionRule => ({
  goal: 'clarity', pattern: /(?<!\p{L})(há (?:[\p{L}\d]+ ){1,3}?(?:anos?|meses|mês|dias?|semanas?|séculos?)) atrás(?!\p{L})/giu, correct: ([, rest = '']) => rest, reason: wordy,
});

/** "fazem dois anos": of time the verb has no plural. */
const yearsMake = ({ spelling }: Reasons): CorrectionRule => ({
  goal: 'grammar', pattern: /(?<!\p{L})(f)azem(?= (?:\d+|dois|duas|três|quatro|cinco|seis|sete|oito|nove|dez|muitos|vários) (?:anos|meses|dias|semanas|horas|séculos)(?!\p{L}))/giu, correct: ([, first = 'f']) => `${first}az`, reason: spelling,
});

/** "lingüística": Portuguese has had no diaeresis since 2009. */
const umlaut = ({ spelling }: Reasons): CorrectionRule => ({
  goal: 'grammar', pattern: /(?<!\p{L})\p{L}{0,40}[gq]ü[eiéíê]\p{L}*/giu, correct: ([word]) => word.replaceAll('ü', 'u').replaceAll('Ü', 'U'), reason: spelling,
});

/** Whether a word ends a line of running text: no heading, list, table or short line. */
function endsProse({ input, index }: RegExpExecArray): boolean {
  const line = input.slice(input.lastIndexOf('\n', index) + 1, index + 1);
  return !/^[#>|\-*\d\s]/.test(line) && line.split(/\s+/, WORDS_OF_A_SENTENCE).length >= WORDS_OF_A_SENTENCE;
}

const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);

function likeCased(found: string, right: string | undefined): string | undefined {
  if (right === undefined) return undefined;
  if (found.length > 1 && found === found.toUpperCase()) return right.toUpperCase();
  return /^\p{Lu}/u.test(found) ? capital(right) : right;
}
