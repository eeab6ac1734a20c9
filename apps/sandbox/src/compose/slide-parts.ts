import { asBullet, asTitle, capitalised, isCaption, isFragment, isLeadIn, topicOf } from './clauses.js';
import { Material, type SourceBlock } from './material.js';

/** What stands on a slide, and what is said over it. */
export interface SlideText {
  readonly title: string;
  readonly bullets: readonly string[];
  readonly narration: string;
}

const SENTENCES_PER_SLIDE = 5;
const BULLETS = 6;
const SUMMARY_POINTS = 4;
const PLAN_POINTS = 3;
const MOST_PARTS = 12;

/** “Stoma: a pore of the leaf”. */
const TERM = /^[^.,:]{2,40}:\s/;

const WORDS = {
  pt: { greeting: 'Olá! Nesta aula, vamos falar sobre', plan: 'Vamos passar por', and: 'e', recap: 'Chegamos ao fim da aula sobre', summing: 'Vamos resumir.', farewell: 'Até a próxima aula!', closing: ['Para lembrar', 'Resumo'], steps: 'Passo a passo', terms: 'Termos importantes' },
  en: { greeting: 'Hello! In this lesson we will talk about', plan: 'We will go through', and: 'and', recap: 'This is the end of the lesson about', summing: 'Let us sum up.', farewell: 'See you in the next lesson!', closing: ['To remember', 'Summary'], steps: 'Step by step', terms: 'Key terms' },
} as const;

interface Part {
  readonly heading: string | undefined;
  readonly blocks: readonly SourceBlock[];
}

/** Parts that a lesson is shown in: its sections, and those with much to say in several. Headings, captions and bylines without a text of their own are no part. */
export function slideParts(material: Material): Part[] {
  const parts = sectionsOf(material).flatMap(({ heading, blocks }) => pages(blocks, material).map((page, index): Part => ({ heading: index === 0 ? heading : undefined, blocks: page })));
  if (parts.length <= MOST_PARTS) return parts;
  return grouped(parts, MOST_PARTS);
}

/** The slides of a lesson: one that greets, `count - 2` parts, one that sums up. Where there are fewer parts than wanted, they come again. */
export function slidesOf(material: Material, count: number): Material[] {
  if (count < 3) return material.split(count);
  const found = slideParts(material);
  const parts = found.length === 0 ? [{ heading: undefined, blocks: material.blocks }] : found.length > count - 2 ? grouped(found, count - 2) : found;
  const slides = parts.map((part) => contentSlide(part, material));
  const inner = Array.from({ length: count - 2 }, (_slide, index) => slides[index % slides.length] ?? material);
  return [opening(material, slides), ...inner, closing(material, slides)];
}

function sectionsOf({ blocks }: Material): Part[] {
  const sections: { heading: string | undefined; blocks: SourceBlock[] }[] = [{ heading: undefined, blocks: [] }];
  for (const block of blocks) {
    if (block.level > 0) sections.push({ heading: block.text, blocks: [] });
    else if (block.isProse && (block.list !== undefined || !(isFragment(block.text) || isCaption(block.text)))) sections.at(-1)?.blocks.push(block);
  }
  return sections.filter(({ blocks: own }) => own.length > 0);
}

/** Whole blocks by so many sentences; a line that announces a list stays with it. */
function pages(blocks: readonly SourceBlock[], { language }: Material): SourceBlock[][] {
  const made: SourceBlock[][] = [];
  let said = 0;
  for (const block of blocks) {
    const count = new Material([block], language).sentences.length;
    const last = made.at(-1);
    if (last && (said + count <= SENTENCES_PER_SLIDE || isLeadIn(last.at(-1)?.text ?? ''))) last.push(block);
    else made.push([block]);
    said = last === made.at(-1) ? said + count : count;
  }
  return made;
}

const grouped = (parts: readonly Part[], count: number): Part[] =>
  Array.from({ length: count }, (_part, index) => {
    const group = parts.slice(Math.floor((index * parts.length) / count), Math.floor(((index + 1) * parts.length) / count));
    return { heading: group[0]?.heading, blocks: group.flatMap(({ blocks }) => blocks) };
  });

function contentSlide({ heading, blocks }: Part, whole: Material): Material {
  const { sentences } = new Material(blocks, whole.language);
  const title = heading === undefined || same(heading, whole.title) ? topicOfPart(blocks, sentences, whole) : asTitle(heading);
  const points = [...new Set(sentences.filter((sentence) => !isLeadIn(sentence)).map(asBullet))];
  const fresh = points.filter((point) => !same(point, title));
  return slide(blocks, whole, { title, bullets: (fresh.length > 0 ? fresh : points).slice(0, BULLETS), narration: sentences.map(spoken).join('\n') });
}

/** Lists have no first sentence that stands for the others. */
function topicOfPart([first]: readonly SourceBlock[], sentences: readonly string[], { language }: Material): string {
  const words = WORDS[language];
  if (first?.list === 'ordered') return words.steps;
  if (first?.list && sentences.filter((item) => TERM.test(item)).length > sentences.length / 2) return words.terms;
  return topicOf(sentences);
}

function opening(whole: Material, slides: readonly Material[]): Material {
  const words = WORDS[whole.language];
  const title = asTitle(whole.title);
  const titles = distinctTitles(slides, title).slice(0, PLAN_POINTS);
  const plan = titles.length < 2 ? [] : [`${words.plan} ${titles.slice(0, -1).map(quoted).join(', ')} ${words.and} ${quoted(titles.at(-1) ?? '')}.`];
  return slide(slides[0]?.blocks ?? whole.blocks, whole, { title, bullets: titles.length > 0 ? titles : [title], narration: [`${words.greeting} ${quoted(whole.title)}.`, ...plan].join('\n') });
}

function closing(whole: Material, slides: readonly Material[]): Material {
  const words = WORDS[whole.language];
  const told = slides.flatMap(({ sentences }) => sentences.find((sentence) => !isLeadIn(sentence)) ?? []).slice(0, SUMMARY_POINTS);
  const narration = [`${words.recap} ${quoted(whole.title)}.`, words.summing, ...told.map(spoken), words.farewell].join('\n');
  const [usual, other] = words.closing;
  return slide(slides.at(-1)?.blocks ?? whole.blocks, whole, { title: same(usual, whole.title) ? other : usual, bullets: [...new Set(told.map(asBullet))], narration });
}

const distinctTitles = (slides: readonly Material[], title: string): string[] => [...new Set(slides.map((each) => each.title))].filter((each) => !same(each, title));
const slide = (blocks: readonly SourceBlock[], { language }: Material, text: SlideText): Material => new Material(blocks, language, text.title, text);
const quoted = (text: string): string => `“${text.replace(/[.:;,]+$/, '')}”`;
const plain = (text: string): string => text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, ' ').trim();
const same = (left: string, right: string): boolean => plain(left) === plain(right);

/** Items of lists end with a semicolon or nothing on paper, and with a full stop when they are read. */
const spoken = (sentence: string): string => {
  const text = capitalised(sentence.trim()).replace(/[;,]$/, '');
  return /[.!?:…]["”»)]?$/.test(text) ? text : `${text}.`;
};
