import type { RomanContext, SpokenForm, SpokenWords } from '../spoken-language.js';

export const PORTUGUESE_WORDS: SpokenWords = {
  decimalPoint: 'vírgula', dot: 'ponto', times: 'vezes', minus: 'menos', plus: 'mais', percent: 'por cento', range: 'a', and: 'e', of: 'de', per: 'por', at: 'arroba',
  slash: 'barra', hyphen: 'hífen', underscore: 'sublinhado',
};

export const PORTUGUESE_MONTHS = [
  'janeiro', 'fevereiro', 'março', 'abril', 'maio', 'junho', 'julho', 'agosto', 'setembro', 'outubro', 'novembro', 'dezembro',
];

export const PORTUGUESE_LETTERS: Readonly<Record<string, string>> = {
  A: 'á', B: 'bê', C: 'cê', D: 'dê', E: 'é', F: 'éfe', G: 'gê', H: 'agá', I: 'í', J: 'jota', K: 'cá', L: 'éle', M: 'eme', N: 'ene', O: 'ó', P: 'pê', Q: 'quê',
  R: 'erre', S: 'esse', T: 'tê', U: 'u', V: 'vê', W: 'dáblio', X: 'xis', Y: 'ípsilon', Z: 'zê',
};

export const PORTUGUESE_ACRONYMS: Readonly<Record<string, string>> = {
  EUA: 'Estados Unidos', USP: 'Uspi', PUC: 'Puqui', ONG: 'ongui', AIDS: 'Aids', COVID: 'Covid', UNICAMP: 'Unicâmpi', ENEM: 'Enem', INEP: 'Inépi', MEC: 'Mequi',
  API: 'spell', URL: 'spell', IA: 'spell', ID: 'spell', IP: 'spell', UI: 'spell', UX: 'spell', TI: 'spell', UE: 'spell', OMS: 'spell', OIT: 'spell', UFA: 'spell',
  EAD: 'spell', ECA: 'Eca', EPI: 'spell', IPI: 'spell', UV: 'spell', TV: 'spell', PIX: 'Pix', OK: 'oquei', RH: 'spell', AI: 'spell', IO: 'spell', UTI: 'spell', ODS: 'spell',
};

const roman = (before: string, ordinalUpTo: number, gender: 'masculine' | 'feminine', after = ''): RomanContext => ({
  pattern: new RegExp(`(?<=(?<![\\p{L}])(?:${before})\\s)(?<roman>[IVXLCDM]+)(?![\\p{L}\\p{N}])${after}`, 'gu'),
  ordinalUpTo,
  gender,
});

export const PORTUGUESE_ROMANS: readonly RomanContext[] = [
  roman('[Ss]éculos?|[Ss]éc\\.|[Ss]écs\\.', 10, 'masculine'),
  roman('(?:[Ss]éculos?|[Ss]écs?\\.)\\s[IVXLC]+\\s(?:e|a|ao)', 10, 'masculine'),
  roman('(?:Dom|D\\.|[Rr]ei|[Pp]apa|[Ii]mperador|[Cc]zar)\\s\\p{Lu}\\p{Ll}+(?:\\s\\p{Lu}\\p{Ll}+)?', 10, 'masculine'),
  roman('(?:Pedro|João|Luís|Henrique|Carlos|Bento|Felipe|Filipe|Napoleão|Jorge|Afonso|Francisco|Leão|Pio|Gregório|Guilherme|Frederico|Ramsés)', 10, 'masculine'),
  roman('(?:[Rr]ainha\\s\\p{Lu}\\p{Ll}+|Elizabeth|Isabel|Catarina|Maria|Cleópatra)', 10, 'feminine'),
  roman('[Cc]apítulos?|[Cc]aps?\\.|[Vv]olumes?|[Vv]ol\\.|[Pp]artes?|[Aa]tos?|[Tt]omos?|[Tt]ítulos?|[Uu]nidades?|[Mm]ódulos?|[Ff]ases?|[Tt]ipos?|[Gg]rupos?|[Ii]ncisos?|[Aa]nexos?|[Ll]ivros?|[Qq]uadros?|[Tt]abelas?|[Ff]iguras?|[Ff]otossistemas?|[Ss]eções|[Ss]eção|[Cc]lasses?|[Nn]íve(?:l|is)|[Cc]omplexos?|[Ee]tapas?', 0, 'masculine'),
  { pattern: /(?<![\p{L}\p{N}])(?<roman>[IVX]+)(?=\s(?:Guerra|Revolução|República|Conferência|Semana|Bienal|Cruzada|Jornada|Olimpíada)(?!\p{L}))/gu, ordinalUpTo: 30, gender: 'feminine' },
  { pattern: /(?<![\p{L}\p{N}])(?<roman>[IVX]+)(?=\s(?:Congresso|Encontro|Simpósio|Fórum|Concílio|Império|Reich|Seminário|Festival)(?!\p{L}))/gu, ordinalUpTo: 30, gender: 'masculine' },
];

const form = (pattern: RegExp, spoken: string): SpokenForm => ({ pattern, spoken });

export const PORTUGUESE_SYMBOLS: readonly SpokenForm[] = [
  form(/(?<!\p{L})e\/ou(?!\p{L})/gu, 'e ou'),
  form(/(?<=[\s\d\p{L})₀-₉²³])\s?(?:→|⟶|⇒|->|=>)\s?(?=[\s\d\p{L}(])/gu, ' leva a '),
  form(/↔|⇌|⇄/gu, 'em equilíbrio com'), form(/←/gu, 'vem de'), form(/↑/gu, 'aumenta'), form(/↓/gu, 'diminui'),
  form(/≥|>=/gu, 'maior ou igual a'), form(/≤|<=/gu, 'menor ou igual a'), form(/≠|!=/gu, 'diferente de'), form(/≈|≅/gu, 'aproximadamente igual a'),
  form(/±/gu, 'mais ou menos'), form(/∞/gu, 'infinito'), form(/√/gu, 'raiz quadrada de '), form(/∑/gu, 'somatório de '), form(/×(?=\s?[\d\p{L}(])/gu, ' vezes '), form(/÷/gu, ' dividido por '),
  form(/(?<=\d\s?)[*x](?=\s?\d)/gu, ' vezes '), form(/(?<=[\p{L}\d)²³₀-₉])\s?=\s?(?=[\p{L}\d(−√-])/gu, ' igual a '),
  form(/(?<=[\p{L}\d)²³₀-₉]\s?)\+(?=\s?[\p{L}\d(])/gu, ' mais '), form(/−(?=\s?[\p{L}\d(])/gu, ' menos '), form(/(?<=\s)>(?=\s)/gu, 'maior que'), form(/(?<=\s)<(?=\s)/gu, 'menor que'),
  form(/(?<=\p{Ll}{2})\/(?=\p{Ll}{2})/gu, ' ou '), form(/(?<=\s)&(?=\s)|(?<=\p{L})&(?=\p{L})/gu, ' e '),
  form(/(?<=C)#(?!\p{L})/gu, ' sharp'), form(/#(?=\s?\d)/gu, 'número '), form(/#(?=\p{L})/gu, 'hashtag '), form(/@(?=\p{L})/gu, 'arroba '), form(/§§/gu, 'parágrafos'), form(/§/gu, 'parágrafo'),
  form(/α/gu, 'alfa'), form(/β/gu, 'beta'), form(/γ/gu, 'gama'), form(/[δΔ]/gu, 'delta '), form(/θ/gu, 'teta'), form(/λ/gu, 'lambda'), form(/μ|µ/gu, 'mi'), form(/π/gu, 'pi'),
  form(/ρ/gu, 'rô'), form(/[σΣ]/gu, 'sigma'), form(/φ/gu, 'fi'), form(/ω/gu, 'ômega'), form(/Ω/gu, 'ômega'), form(/(?<=\s)%/gu, 'por cento'),
];
