import type { Block, Document, Slide } from '@tecnocursos/contracts';
import { toSsml } from '../../providers/local/script/narration.js';
import { splitSentences } from '../../providers/local/text/sentences.js';
import { countWords } from '../../providers/local/text/words.js';
import type { DocumentChunk } from '../chunks.js';
import { visibleText } from '../clean-text.js';
import type { Findings } from '../findings.js';
import { hasForeignMarkup } from '../markup.js';
import { checkedSsml, isSsml } from '../ssml.js';
import { SPOKEN_WORDS_PER_MINUTE, type ScriptDraft, type ScriptWish } from './script.prompt.js';

type SlideDraft = ScriptDraft['slides'][number];
type Picture = Extract<Block, { type: 'picture' }>;

/** The draft as slides: a title first, a closing last, narration of our SSML, pictures of the document. */
export function senseScript(document: Document, chunk: DocumentChunk, draft: ScriptDraft, wish: ScriptWish, findings: Findings): Slide[] {
  const { slides } = draft;
  if (slides[0]?.kind !== 'title') findings.problem('slides.0: the first slide is of the kind "title".');
  if (slides.at(-1)?.kind !== 'closing' || slides.length < 2) findings.problem('slides: the last slide is of the kind "closing".');
  const pictures = new Map(document.blocks.slice(chunk.first, chunk.end).flatMap((block): [string, Picture][] => (block.type === 'picture' ? [[block.image_id, block]] : [])));
  const material = chunk.lines.join('\n');
  return slides.map((slide, index) => {
    const where = `slides.${index}`;
    if (hasForeignMarkup(shownTexts(slide), material)) findings.problem(`${where}: what is shown has tags that the material does not have. Write plain text.`);
    const narration = narrationOf(slide.narration, `${where}.narration`, { wish, material }, findings);
    return slideOf({ ...slide, narration }, where, pictures, findings);
  });
}

const shownTexts = ({ title, notes, subtitle, bullets, caption, alt, rows }: SlideDraft): string => [title, notes, subtitle, caption, alt, ...bullets, ...rows.flat()].join('\n');

/** Plain narration is escaped, so that a lesson about HTML may speak of the tags that it has. */
function narrationOf(text: string, where: string, { wish: { language }, material }: { wish: ScriptWish; material: string }, findings: Findings): string {
  if (isSsml(text)) return checkedSsml(text, where, findings);
  const spoken = text.split(/\n+/).flatMap((paragraph) => splitSentences(paragraph, language).map((sentence, index) => ({ text: sentence, newParagraph: index === 0 })));
  if (!spoken.some((sentence) => /[\p{L}\p{N}]/u.test(sentence.text))) findings.problem(`${where}: it says nothing.`);
  if (hasForeignMarkup(text, material)) findings.problem(`${where}: it has tags outside of <speak>. Write plain text, or SSML within <speak>.`);
  return toSsml(spoken, language);
}

function slideOf(slide: SlideDraft, where: string, pictures: ReadonlyMap<string, Picture>, findings: Findings): Slide {
  const base = { title: slide.title, narration: slide.narration, ...filled({ notes: slide.notes }) };
  switch (slide.kind) {
    case 'title':
    case 'section':
      return { kind: slide.kind, ...base, ...filled({ subtitle: slide.subtitle }) };
    case 'bullets':
      if (slide.bullets.length === 0) findings.problem(`${where}.bullets: it needs one at least.`);
      return { kind: 'bullets', ...base, bullets: slide.bullets, ordered: slide.ordered };
    case 'closing':
      return { kind: 'closing', ...base, bullets: slide.bullets };
    case 'picture':
      return pictureSlide(slide, base, where, pictures, findings);
    case 'table':
      return { kind: 'table', ...base, header: slide.header, rows: rectangular(slide.rows, where, findings) };
    case 'code':
      if (slide.code.trim() === '') findings.problem(`${where}.code: there is no code.`);
      return { kind: 'code', ...base, code: slide.code, ...filled({ language: slide.code_language }) };
  }
}

type SlideBase = Pick<Slide, 'title' | 'narration' | 'notes'>;

function pictureSlide(slide: SlideDraft, base: SlideBase, where: string, pictures: ReadonlyMap<string, Picture>, findings: Findings): Slide {
  const picture = pictures.get(slide.image_id);
  if (!picture) findings.problem(`${where}.image_id: the material has no such picture. Use an image_id that stands in it, or another kind of slide.`);
  if (slide.bullets.length > 4) findings.problem(`${where}.bullets: beside a picture there is room for 4.`);
  const caption = slide.caption.trim() || visibleText(picture?.caption ?? '');
  return { kind: 'picture', ...base, image_id: slide.image_id, alt: visibleText(picture?.alt ?? '').trim() || slide.alt.trim(), bullets: slide.bullets, ...filled({ caption }) };
}

function rectangular(rows: readonly string[][], where: string, findings: Findings): string[][] {
  const columns = Math.max(0, ...rows.map((row) => row.length));
  if (columns === 0) findings.problem(`${where}.rows: the table has no cells.`);
  return rows.map((row) => [...row, ...Array.from({ length: columns - row.length }, () => '')]);
}

/** Texts that say something. */
function filled<Key extends string>(texts: Readonly<Record<Key, string>>): Partial<Record<Key, string>> {
  return Object.fromEntries(Object.entries<string>(texts).flatMap(([key, text]) => (text.trim() === '' ? [] : [[key, text.trim()]]))) as Partial<Record<Key, string>>;
}

/** Slides of consecutive parts of one lesson: one title, one closing. */
export const mergeScripts = (scripts: readonly [Slide[], ...Slide[][]]): Slide[] =>
  scripts.flatMap((slides, part) => slides.filter(({ kind }) => (part === 0 || kind !== 'title') && (part === scripts.length - 1 || kind !== 'closing')));

/** Share by which a narration may be longer or shorter than wanted without a word about it. */
const LENGTH_TOLERANCE = 0.35;

export function lengthWarnings(slides: readonly Slide[], targetMinutes: number | undefined): string[] {
  if (targetMinutes === undefined) return [];
  const minutes = countWords(slides.map(({ narration }) => narration.replaceAll(/<[^>]*>/g, ' ')).join(' ')) / SPOKEN_WORDS_PER_MINUTE;
  if (Math.abs(minutes - targetMinutes) <= targetMinutes * LENGTH_TOLERANCE) return [];
  return [`The narration takes about ${Math.max(1, Math.round(minutes))} min, not ${targetMinutes}: the text of the lesson decides.`];
}
