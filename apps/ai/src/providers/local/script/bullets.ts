import { BULLET_LIMIT, condense, splitClauses } from '../text/condense.js';
import type { ScriptContext } from './script-context.js';

/** Of more sentences the best ones are shown; all are spoken. */
const MOST_BULLETS = 4;

/** What a slide shows of the sentences that are spoken over it, in their order. */
export function bulletsOf(sentences: readonly string[], context: ScriptContext, most = MOST_BULLETS, limit = BULLET_LIMIT): string[] {
  const statements = sentences.filter((sentence) => !/[:?]["”]?$/.test(sentence));
  const ofLesson = statements.filter((sentence) => !context.text.refersToPage.test(sentence));
  const candidates = ofLesson.length > 1 ? ofLesson : statements.length > 0 ? statements : sentences;
  const chosen = chooseBest(withoutPointersBack(candidates, context), most, context);
  const texts = chosen.length < 3 && limit === BULLET_LIMIT ? chosen.flatMap((sentence) => splitClauses(sentence, context.text)) : chosen.map((sentence) => condense(sentence, context.text, limit));
  return [...new Set(texts)].filter((text) => text !== '').slice(0, most);
}

/** "Ela absorve …" says nothing on a slide, as long as enough else does. */
function withoutPointersBack(sentences: readonly string[], { text }: ScriptContext): readonly string[] {
  const standing = sentences.filter((sentence) => !text.pointsBack.test(sentence.replace(text.leadIn, (lead) => (/^\p{Ll}/u.test(lead) ? lead : ''))) && !text.pronounSubject.test(sentence));
  return standing.length >= Math.min(2, sentences.length) ? standing : sentences;
}

function chooseBest(sentences: readonly string[], most: number, context: ScriptContext): string[] {
  if (sentences.length <= most) return [...sentences];
  const best = new Set([...sentences].sort((one, other) => context.score(other) - context.score(one)).slice(0, most));
  return sentences.filter((sentence) => best.has(sentence));
}
