import { isStopWord, wordsOf } from './language.js';

const TITLE_CHARACTERS = 50;
const BULLET_CHARACTERS = 90;
/** A clause is cut at a boundary when so much of the room is used at least. */
const LEAST_SHARE = 0.35;
const CAPTION_LABEL = /^(?:(?:figura|figure|fig\.|tabela|table|quadro|gr[aá]fico|imagem|foto)[\s\d.:–-]*)+$/i;
const CAPTION = /^(?:(?:figura|figure|fig\.|tabela|table|quadro|gr[aá]fico)\s*)+\d+(?:\.\d+)*\s*[.:–-]/i;
const BYLINE = /^[^.!?]{1,80}\s[·|•]\s[^.!?]{1,80}$/;
const LEAD_IN = /:\s*$/;
const SHORTEST_WORDS = 3;
const PRONOUN = /^(?:ele|ela|eles|elas|isso|isto|esse|essa|esses|essas|este|esta|nesta|neste|it|they|this|that|these|those|there|we|you|há|por|com|para|quando|se|mas|já|when|if|but)\b/i;
const PREDICATE = /\s(?:é|são|foi|ocorre|ocorrem|acontece|acontecem|depende|chama-se|consiste|significa|is|are|was|means|happens|depends)\s/;
const BEFORE_CLAUSE = /\s(?=(?:que|porque|pois|quando|onde|mas|enquanto|which|that|because|when|where|while|but)\s)/gu;
const PUNCTUATION = /[,;:–—](?=\s)|\s(?=[(–—])/gu;
/** “plants, algae and some …”: what stands between this comma and the next is one word or two. */
const ENUMERATION = /^,\s[^,.;:\s]+(?:\s[^,.;:\s]+)?(?:,|\s(?:e|ou|and|or)\s)/u;
const LONE_WORD = /,\s\S+$/u;
/** A sentence that begins with when, where or how: what it says comes after that. */
const CIRCUMSTANCE = /^(?:tod[ao]s?|quando|ao|aos|com|sem|por|em|n[ao]s?|se|para|depois|antes|acima|abaixo|when|after|before|with|without|by|in|on|at|if|for)\s/i;
/** Words that want others after them, besides function words. */
const OPEN_WORDS = new Set('desse dessa deste desta nesse nessa neste nesta apenas cerca quase tanto tão forma através além menor maior melhor pior about almost nearly rather'.split(' '));
const LAST_WORD = /[\s,;:–—(-]+[^\s]*$/u;
const DANGLING = /(?:\s+|^)(\S+)$/u;

/** A label of a picture, a line of author and class, fewer than three words that are no sentence: nothing that could be taught. */
export function isFragment(text: string): boolean {
  const plain = text.trim();
  return CAPTION_LABEL.test(plain) || BYLINE.test(plain) || (wordsOf(plain).length < SHORTEST_WORDS && !/[.!?…]$/.test(plain));
}

/** What stands below a picture or a table: “Figura 1. …”. */
export const isCaption = (text: string): boolean => CAPTION.test(text.trim());

/** A line that only announces what follows: “At the end you will be able to:”. */
export const isLeadIn = (text: string): boolean => LEAD_IN.test(text);

export const capitalised = (text: string): string => text.replace(/^\p{Ll}/u, (letter) => letter.toUpperCase());

const withoutStop = (text: string): string => text.trim().replace(/[\s.!;:,…–—-]+$/u, '');

/** A sentence as a point of a slide: whole when it is short, else its beginning up to a boundary. */
export const asBullet = (sentence: string): string => {
  const { text, isWhole } = clauseOf(sentence, BULLET_CHARACTERS - 1);
  return capitalised(isWhole ? text : `${text}…`);
};

/** A heading that fits on a slide. */
export const asTitle = (heading: string): string => (heading.length <= TITLE_CHARACTERS * 1.2 ? heading : capitalised(shortened(heading, TITLE_CHARACTERS)));

/** What a text without a heading is about: a short sentence of it, or the subject of one, or the beginning of its first. */
export function topicOf(sentences: readonly string[]): string {
  const telling = sentences.filter((sentence) => !isLeadIn(sentence));
  const [first = sentences[0] ?? ''] = telling;
  if (telling.length > 1 && withoutStop(first).length <= TITLE_CHARACTERS) return capitalised(withoutStop(first));
  const subject = telling.map(subjectOf).find((found) => found !== undefined);
  return capitalised(subject ?? shortened(withoutCircumstance(first), TITLE_CHARACTERS));
}

function withoutCircumstance(sentence: string): string {
  const commas = CIRCUMSTANCE.test(sentence) ? [...sentence.matchAll(/,\s/g)].map(({ index }) => sentence.slice(index + 2)) : [];
  return commas.find((rest) => rest.length <= TITLE_CHARACTERS && wordsOf(rest).length >= SHORTEST_WORDS) ?? commas[0] ?? sentence;
}

/** The words before the predicate, where they stand by themselves. */
function subjectOf(sentence: string): string | undefined {
  const at = PREDICATE.exec(sentence)?.index ?? -1;
  const subject = sentence.slice(0, Math.max(0, at));
  const stands = subject.length >= 4 && subject.length <= TITLE_CHARACTERS && !/[,;:(]/.test(subject) && !PRONOUN.test(subject) && !/\s(?:que|which|that|não|not)(?:\s|$)/i.test(subject);
  return stands && !endsOpen(subject) ? subject : undefined;
}

const shortened = (text: string, limit: number): string => clauseOf(text, limit).text;

/**
 * At most so many characters: up to the last sign or conjunction that leaves enough, else to a word, and never after an article, a preposition or a comma. `isWhole`
 * says whether it ends where a clause does.
 */
function clauseOf(given: string, limit: number): { text: string; isWhole: boolean } {
  const whole = withoutStop(given);
  if (whole.length <= limit) return { text: whole, isWhole: true };
  const room = whole.slice(0, limit + 1);
  const cut = boundaries(room, PUNCTUATION, whole).at(-1) ?? boundaries(room, BEFORE_CLAUSE, whole).at(-1);
  let text = withoutStop(cut === undefined ? room.replace(LAST_WORD, '') : room.slice(0, cut));
  while (endsOpen(text) && /\s/.test(text)) text = withoutStop(text.replace(DANGLING, ''));
  return { text: text === '' ? room.slice(0, limit) : text, isWhole: cut !== undefined };
}

function boundaries(room: string, pattern: RegExp, whole: string): number[] {
  return [...room.matchAll(pattern)].map(({ index }) => index).filter((index) => index >= room.length * LEAST_SHARE && !ENUMERATION.test(whole.slice(index)) && !LONE_WORD.test(room.slice(0, index)));
}

function endsOpen(text: string): boolean {
  const last = DANGLING.exec(text)?.[1]?.toLowerCase() ?? '';
  return isStopWord(last) || OPEN_WORDS.has(last);
}
