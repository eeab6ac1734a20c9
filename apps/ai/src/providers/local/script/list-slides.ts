import type { Block } from '@tecnocursos/contracts';
import { enumerated } from '../phrases/enumerated.js';
import { condense } from '../text/condense.js';
import { oneLine, splitSentences } from '../text/sentences.js';
import { closed, countWords, tokenize } from '../text/words.js';
import { spokenProse, type ProseSentence } from './prose-slides.js';
import type { ScriptContext } from './script-context.js';
import { say, sayAfterRest, type SlideDraft, type Spoken } from './slide-draft.js';

type ListBlock = Extract<Block, { type: 'list' }>;

const MOST_ITEMS = 5;
const MOST_WORDS = 95;
/** Items that begin in lower case go on with the sentence before; others, up to this many words are said in one breath: "luz, água e gás carbônico". */
const SHORT_ITEM_WORDS = 8;

/** The items as bullets, a few on each slide; `leadIn` is what the text says right before. */
export function listDrafts(list: ListBlock, leadIn: readonly ProseSentence[], context: ScriptContext): SlideDraft[] {
  const items = list.items.map(({ text }) => oneLine(text)).filter((text) => countWords(text) > 0);
  const first = spokenProse(leadIn);
  let position = 0;
  return chunkItems(items).map((chunk, index) => {
    const start = position;
    position += chunk.length;
    const lead = index === 0 ? first : [];
    return {
      body: { kind: 'bullets', bullets: chunk.map((item) => condense(item, context.text)), ordered: list.ordered },
      spoken: joinLead(lead, list.ordered ? orderedItems(chunk, start, context) : plainItems(chunk, context)),
      matter: index === 0 ? leadIn.map(({ text }) => text).join(' ') : '',
    };
  });
}

/** Three to five items a slide, fewer when they are long, evenly spread. */
export function chunkItems(items: readonly string[]): string[][] {
  const words = items.reduce((sum, item) => sum + countWords(item), 0);
  const count = Math.max(Math.ceil(items.length / MOST_ITEMS), Math.min(Math.ceil(words / MOST_WORDS), Math.ceil(items.length / 2)));
  return Array.from({ length: count }, (_, index) => items.slice(Math.round((index * items.length) / count), Math.round(((index + 1) * items.length) / count))).filter((chunk) => chunk.length > 0);
}

function plainItems(items: readonly string[], context: ScriptContext): string[] {
  const isShort = items.every((item) => countWords(item) <= SHORT_ITEM_WORDS && !/[.:;!?]\s/.test(item));
  const goesOn = items.every((item) => /^\p{Ll}/u.test(item) && !/[.:!?]\s/.test(item));
  if (items.length < 2 || !(isShort || goesOn)) return items.flatMap((item) => splitSentences(item, context.language)).map(closed);
  const bare = items.map((item) => item.replace(/[.;,]+$/u, '').replace(new RegExp(`^${context.text.and}\\s`, 'iu'), ''));
  return [closed(enumerated(inRunningText(bare, context), context.text.and))];
}

const SEQUENCE_WORD = /^(?:primeir|segund|terceir|depois|em seguida|então|por fim|por último|finalmente|first|second|third|then|next|finally|after)/iu;

/** With their ordinals, unless the teacher already says what comes when. */
function orderedItems(items: readonly string[], start: number, context: ScriptContext): string[] {
  if (items.some((item) => SEQUENCE_WORD.test(item))) return items.flatMap((item) => splitSentences(item, context.language).map(closed));
  return items.flatMap((item, index) => {
    const [first = '', ...rest] = splitSentences(item, context.language);
    return [closed(`${context.phrases.ordinal(start + index)}, ${context.inSentence(first)}`), ...rest.map(closed)];
  });
}

/** Items lose their capital inside a sentence, unless they look like names. */
function inRunningText(items: readonly string[], context: ScriptContext): string[] {
  const { evidence } = context.terms;
  const common = items.filter((item) => evidence.isCommonWord(tokenize(item)[0]?.lower ?? ''));
  return common.length * 2 >= items.length ? items.map((item) => context.inSentence(item)) : [...items];
}

/** "Os fatores são:" and its items are one sentence. */
function joinLead(lead: readonly Spoken[], items: readonly string[]): Spoken[] {
  const last = lead.at(-1);
  const [only] = items;
  const opens = last !== undefined && items.length === 1 && only !== undefined && last.text.endsWith(':');
  if (!opens) return [...lead, ...items.map((text, index) => (index === 0 ? sayAfterRest(text) : say(text)))];
  return [...lead.slice(0, -1), { ...last, text: `${last.text} ${only}` }];
}
