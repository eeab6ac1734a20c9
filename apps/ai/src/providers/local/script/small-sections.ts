import type { Section } from '../document/sections.js';
import { paragraphSentences } from '../document/prose.js';
import { joinedTitles } from '../outline/titles.js';
import { BULLET_LIMIT, condense } from '../text/condense.js';
import { closed, countWords } from '../text/words.js';
import type { ScriptContext } from './script-context.js';
import { say, sayAfterRest, type SlideDraft } from './slide-draft.js';

const SMALL_WORDS = 30;
const MOST_WORDS = 95;
const MOST_SECTIONS = 4;
const LONGEST_TITLE = 64;
const LONGEST_NAME = 40;

/** Neighbours of a sentence or two each share a slide; all other sections stand alone. */
export function groupSmall(sections: readonly Section[]): Section[][] {
  const groups: Section[][] = [];
  for (const section of sections) {
    const group = groups.at(-1);
    if (group && canJoin(group, section)) group.push(section);
    else groups.push([section]);
  }
  return groups;
}

function canJoin(group: readonly Section[], section: Section): boolean {
  const first = group[0];
  if (!first || !isSmall(first) || !isSmall(section) || first.level !== section.level || group.length >= MOST_SECTIONS) return false;
  return group.reduce((sum, { words }) => sum + words, section.words) <= MOST_WORDS;
}

const isSmall = ({ title, words, blocks }: Section): boolean =>
  title !== undefined && words > 0 && words <= SMALL_WORDS && blocks.every(({ type }) => type === 'paragraph');

/** One slide with a bullet for each section: "Nome: o que o texto diz". */
export function smallSectionsDraft(sections: readonly Section[], context: ScriptContext): SlideDraft {
  const parts = sections.map(({ title = '', blocks }) => ({ title, sentences: paragraphSentences(blocks, context.language) }));
  const joined = joinedTitles(parts.map(({ title }) => title), context.text, context.terms.evidence, LONGEST_TITLE);
  return {
    body: { kind: 'bullets', bullets: parts.map(({ title, sentences }) => bullet(title, sentences[0] ?? title, context)), ordered: false },
    spoken: parts.flatMap(({ title, sentences }) => [sayAfterRest(closed(title)), ...sentences.map((sentence) => say(closed(sentence)))]),
    matter: parts.flatMap(({ sentences }) => sentences).join(' '),
    ...(joined !== undefined && { title: joined }),
  };
}

function bullet(title: string, sentence: string, { text }: ScriptContext): string {
  const name = title.replace(/[?!:.]+$/u, '');
  if (name.length > LONGEST_NAME || countWords(sentence) === 0) return condense(sentence, text);
  return sentence.toLowerCase().includes(name.toLowerCase()) ? condense(sentence, text) : `${name}: ${condense(sentence, text, BULLET_LIMIT - name.length - 2)}`;
}
