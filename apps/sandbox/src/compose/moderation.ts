/** What may be wrong with a text, and how sure that is: 0 to 1. */
export type Harm = 'hate' | 'hate/threatening' | 'harassment' | 'harassment/threatening' | 'illicit' | 'illicit/violent' | 'self-harm' | 'self-harm/intent' | 'self-harm/instructions' | 'sexual' | 'sexual/minors' | 'violence' | 'violence/graphic';

const THREAT = '(?:vou|vamos|quero|i will|i\'ll|i want to|we will|going to)\\s+(?:te\\s+|você\\s+|o\\s+|a\\s+|you\\s+)?';
const word = (alternatives: string): RegExp => new RegExp(`(?<![\\p{L}])(?:${alternatives})(?![\\p{L}])`, 'giu');

const SIGNS: readonly (readonly [Harm, RegExp])[] = [
  ['violence', word('matar|mato|assassin\\p{L}*|espancar|esfaquear|massacre|tortur\\p{L}*|kill|kills|killing|murder\\p{L}*|stab|slaughter|torture\\p{L}*|bomb the')],
  ['violence/graphic', word('degolar|decapitar|esquartejar|tripas|behead\\p{L}*|dismember\\p{L}*|gore')],
  ['harassment', word('idiota|imbecil|estúpid[oa]|vagabund[oa]|stupid|moron|loser|piece of trash')],
  ['harassment/threatening', word(`${THREAT}(?:matar|espancar|machucar|kill|hurt|beat)(?:\\s+(?:você|vocês|you))?`)],
  ['hate', word('raça inferior|inferior race|odeio (?:os|as) (?:negros|judeus|gays|índios|nordestinos)|i hate (?:blacks|jews|gays|muslims|immigrants)|subhuman\\p{L}*')],
  ['hate/threatening', word('exterminar (?:os|as) \\p{L}+|exterminate (?:the|all) \\p{L}+|gas the \\p{L}+')],
  ['self-harm', word('suicíd\\p{L}*|suicid\\p{L}*|me cortar|automutila\\p{L}*|self-?harm|cut myself|hang myself')],
  ['self-harm/intent', word('quero (?:morrer|me matar)|vou me matar|i want to die|kill myself|end my life')],
  ['self-harm/instructions', word('como (?:me matar|cometer suicídio)|how to (?:kill myself|commit suicide)')],
  ['sexual', word('pornô|pornografia|sexo explícito|pornograph\\p{L}*|porn|explicit sex|nude photos|nudes')],
  ['sexual/minors', word('(?:pornografia|sexo) (?:infantil|com (?:menor|criança)\\p{L}*)|child porn\\p{L}*|underage sex')],
  ['illicit', word('fabricar drogas|vender drogas|comprar cocaína|lavar dinheiro|make meth|sell drugs|buy cocaine|launder money')],
  ['illicit/violent', word('fazer uma bomba|fabricar (?:uma )?bomba|make a bomb|build a bomb')],
];
const BASE_SCORE = 0.000_02;
const FIRST_SIGN = 0.82;
const NEXT_SIGN = 0.05;
const HIGHEST = 0.99;

/** Scores by a small list of words in Portuguese and English: enough to try what a flagged text leads to, not a classifier. */
export function moderate(text: string): Record<Harm, number> {
  return Object.fromEntries(
    SIGNS.map(([harm, pattern]) => {
      const count = [...text.matchAll(pattern)].length;
      return [harm, count === 0 ? BASE_SCORE : Math.min(HIGHEST, FIRST_SIGN + NEXT_SIGN * (count - 1))];
    }),
  ) as Record<Harm, number>;
}

export const FLAG_LIMIT = 0.5;

const lettersOf = (name: string): string => name.toLowerCase().replaceAll(/[^a-z]/g, '');
const BY_LETTERS = new Map(SIGNS.map(([harm]) => [lettersOf(harm), harm]));

/** The score of a text for the kind of harm that a field is named after (`self_harm`, `sexual minors`); undefined for other names. */
export function harmOfField(name: string, text: string): number | undefined {
  const harm = BY_LETTERS.get(lettersOf(name));
  return harm === undefined ? undefined : moderate(text)[harm];
}
