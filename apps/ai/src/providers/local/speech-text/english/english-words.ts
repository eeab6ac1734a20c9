import type { RomanContext, SpokenForm, SpokenWords } from '../spoken-language.js';

export const ENGLISH_WORDS: SpokenWords = {
  decimalPoint: 'point', dot: 'dot', times: 'times', minus: 'minus', plus: 'plus', percent: 'percent', range: 'to', and: 'and', of: 'of', per: 'per', at: 'at', slash: 'slash', hyphen: 'dash', underscore: 'underscore',
};

export const ENGLISH_MONTHS = [
  'January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December',
];

export const ENGLISH_LETTERS: Readonly<Record<string, string>> = {
  A: 'ay', B: 'bee', C: 'see', D: 'dee', E: 'ee', F: 'eff', G: 'gee', H: 'aitch', I: 'eye', J: 'jay', K: 'kay', L: 'ell', M: 'em', N: 'en', O: 'oh', P: 'pee', Q: 'cue',
  R: 'ar', S: 'ess', T: 'tee', U: 'you', V: 'vee', W: 'double you', X: 'ex', Y: 'why', Z: 'zee',
};

export const ENGLISH_ACRONYMS: Readonly<Record<string, string>> = {
  AIDS: 'aids', COVID: 'Covid', JPEG: 'jay peg', SQL: 'sequel', GIF: 'gif', LASER: 'laser', ASCII: 'ask-key', OK: 'okay', NATO: 'Nato', NASA: 'Nasa', RAM: 'ram', ROM: 'rom',
  API: 'spell', URL: 'spell', AI: 'spell', ID: 'spell', IP: 'spell', UI: 'spell', UX: 'spell', IT: 'spell', EU: 'spell', USA: 'spell', US: 'spell', UN: 'spell', UK: 'spell', UV: 'spell', TV: 'spell', IO: 'spell', IQ: 'spell', UFO: 'spell', CEO: 'spell', ATM: 'spell',
};

const roman = (before: string, ordinalUpTo = 0): RomanContext => ({
  pattern: new RegExp(`(?<=(?<![\\p{L}])(?:${before})\\s)(?<roman>[IVXLCDM]+)(?![\\p{L}\\p{N}])`, 'gu'),
  ordinalUpTo,
  gender: 'masculine',
});

export const ENGLISH_ROMANS: readonly RomanContext[] = [
  roman('[Cc]hapters?|[Vv]olumes?|[Pp]arts?|[Aa]cts?|[Tt]itles?|[Uu]nits?|[Mm]odules?|[Pp]hases?|[Tt]ypes?|[Gg]roups?|[Aa]ppendix|[Bb]ooks?|[Tt]ables?|[Ff]igures?|[Ss]ections?|[Cc]lass|[Ll]evels?|[Pp]hotosystems?|[Cc]omplex|War'),
  roman('(?:(?:King|Queen|Pope|Emperor)\\s\\p{Lu}\\p{Ll}+|Henry|Louis|Elizabeth|Charles|George|Edward|Richard|William|Napoleon|James|Pedro|Pius|Leo|Benedict|Catherine|Ramses)', 40),
];

const form = (pattern: RegExp, spoken: string): SpokenForm => ({ pattern, spoken });

export const ENGLISH_SYMBOLS: readonly SpokenForm[] = [
  form(/(?<!\p{L})and\/or(?!\p{L})/gu, 'and or'),
  form(/(?<=[\s\d\p{L})₀-₉²³])\s?(?:→|⟶|⇒|->|=>)\s?(?=[\s\d\p{L}(])/gu, ' leads to '),
  form(/↔|⇌|⇄/gu, 'in equilibrium with'), form(/←/gu, 'comes from'), form(/↑/gu, 'rises'), form(/↓/gu, 'falls'),
  form(/≥|>=/gu, 'greater than or equal to'), form(/≤|<=/gu, 'less than or equal to'), form(/≠|!=/gu, 'not equal to'), form(/≈|≅/gu, 'approximately equal to'),
  form(/±/gu, 'plus or minus'), form(/∞/gu, 'infinity'), form(/√/gu, 'square root of '), form(/∑/gu, 'sum of '), form(/×(?=\s?[\d\p{L}(])/gu, ' times '), form(/÷/gu, ' divided by '),
  form(/(?<=\d\s?)[*x](?=\s?\d)/gu, ' times '), form(/(?<=[\p{L}\d)²³₀-₉])\s?=\s?(?=[\p{L}\d(−√-])/gu, ' equals '),
  form(/(?<=[\p{L}\d)²³₀-₉]\s?)\+(?=\s?[\p{L}\d(])/gu, ' plus '), form(/−(?=\s?[\p{L}\d(])/gu, ' minus '), form(/(?<=\s)>(?=\s)/gu, 'greater than'), form(/(?<=\s)<(?=\s)/gu, 'less than'),
  form(/(?<=\p{Ll}{2})\/(?=\p{Ll}{2})/gu, ' or '), form(/(?<=\s)&(?=\s)|(?<=\p{L})&(?=\p{L})/gu, ' and '),
  form(/(?<=C)#(?!\p{L})/gu, ' sharp'), form(/#(?=\s?\d)/gu, 'number '), form(/#(?=\p{L})/gu, 'hashtag '), form(/@(?=\p{L})/gu, 'at '), form(/§§/gu, 'sections'), form(/§/gu, 'section'),
  form(/α/gu, 'alpha'), form(/β/gu, 'beta'), form(/γ/gu, 'gamma'), form(/[δΔ]/gu, 'delta '), form(/θ/gu, 'theta'), form(/λ/gu, 'lambda'), form(/μ|µ/gu, 'mu'), form(/π/gu, 'pi'),
  form(/ρ/gu, 'rho'), form(/[σΣ]/gu, 'sigma'), form(/φ/gu, 'phi'), form(/[ωΩ]/gu, 'omega'), form(/(?<=\s)%/gu, 'percent'),
];

const word = (written: string, spoken: string, after = ''): SpokenForm => ({
  pattern: new RegExp(`(?<![\\p{L}\\p{N}_])(?:${written})(?![\\p{L}\\p{N}_])${after}`, 'gu'),
  spoken,
});
const beforeName = (written: string, spoken: string): SpokenForm => word(written, spoken, '(?=\\s+\\p{Lu})');
const beforeNumber = (written: string, spoken: string): SpokenForm => word(written, spoken, '(?=\\s*(?:\\d|[IVXLC]+(?!\\p{L})))');

export const ENGLISH_ABBREVIATIONS: readonly SpokenForm[] = [
  word('[Ee]\\.\\s?g\\.', 'for example'), word('[Ii]\\.\\s?e\\.', 'that is'), word('[Ee]tc\\.?', 'et cetera'), word('et al\\.', 'and others'), word('[Vv]s\\.?', 'versus'), word('[Cc]f\\.', 'compare'),
  beforeName('Dr\\.', 'doctor'), beforeName('Mr\\.', 'mister'), beforeName('Mrs\\.', 'missus'), beforeName('Ms\\.', 'miz'), beforeName('Prof\\.', 'professor'), beforeName('St\\.', 'saint'),
  beforeName('Mt\\.', 'mount'), word('Jr\\.', 'junior'), word('Sr\\.', 'senior'), word('Inc\\.', 'incorporated'), word('Ltd\\.', 'limited'), word('Corp\\.', 'corporation'),
  word('B\\.\\s?C\\.(?:E\\.)?', 'bee see'), word('A\\.\\s?D\\.', 'ay dee'), word('a\\.\\s?m\\.', 'ay em'), word('p\\.\\s?m\\.', 'pee em'), word('U\\.\\s?S\\.(?:A\\.)?', 'you ess'),
  beforeNumber('[Nn]os\\.', 'numbers'), beforeNumber('No\\.|no\\.|Nº|nº', 'number'), beforeNumber('[Ff]igs\\.', 'figures'), beforeNumber('[Ff]ig\\.', 'figure'), beforeNumber('[Tt]ab\\.', 'table'),
  beforeNumber('pp\\.', 'pages'), beforeNumber('p\\.', 'page'), beforeNumber('[Cc]hs?\\.|[Cc]hap\\.', 'chapter'), beforeNumber('[Vv]ol\\.', 'volume'), beforeNumber('[Ss]ec\\.', 'section'),
  beforeNumber('[Ee]q\\.', 'equation'), beforeNumber('[Aa]rt\\.', 'article'), beforeNumber('c\\.|ca\\.', 'circa'),
  word('[Aa]pprox\\.', 'approximately'), word('[Dd]ept\\.', 'department'), word('[Mm]ax\\.', 'maximum'), word('[Ww]/o', 'without'), word('[Ww]/', 'with '),
];
