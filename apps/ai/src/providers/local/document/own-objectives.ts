import type { Block } from '@tecnocursos/contracts';
import { oneLine } from '../text/sentences.js';
import type { TextLanguage } from '../text/text-language.js';
import { capitalized } from '../text/words.js';
import type { Section } from './sections.js';

const FEWEST = 2;
const MOST = 6;

/** The objectives that the teacher wrote: a list under a heading or a phrase that says so. */
export function ownObjectives(sections: readonly Section[], language: TextLanguage): string[] | undefined {
  for (const { title, blocks } of sections) {
    const list = blocks.find((block, index) => isObjectives(block, blocks[index - 1], index === 0 ? title : undefined, language));
    if (list?.type === 'list') return list.items.map(({ text }) => capitalized(oneLine(text).replace(/[.;,]+$/u, '').replace(new RegExp(`[;,]\\s${language.and}$`, 'u'), ''))).slice(0, MOST);
  }
  return undefined;
}

function isObjectives(block: Block, before: Block | undefined, title: string | undefined, language: TextLanguage): boolean {
  if (block.type !== 'list' || block.items.length < FEWEST) return false;
  const lead = before?.type === 'paragraph' ? before.text : title ?? '';
  return language.objectivesLead.test(lead);
}
