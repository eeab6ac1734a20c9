import type { Block, OutlineLesson } from '@tecnocursos/contracts';
import type { Section } from '../document/sections.js';
import { oneLine } from '../text/sentences.js';
import { countWords } from '../text/words.js';

/** What the beginning of a document gives to the title slide. */
export interface Cover {
  /** The line under the title: a subject, a school, an author. */
  readonly subtitle?: string;
  /** What the teacher says over the title slide of a presentation. */
  readonly notes: readonly Block[];
  /** The sections that are left to show. */
  readonly sections: readonly Section[];
}

const MOST_WORDS = 12;
const LONGEST = 90;

/** Takes the title page off a lesson: short lines without a full stop around the document's title. */
export function takeCover(sections: readonly Section[], lesson: OutlineLesson): Cover {
  const lines: string[] = [];
  const notes: Block[] = [];
  const rest = [...sections];
  for (let section = rest[0]; lesson.number === 1 && rest.length > 1 && section && isTitlePage(section, lesson); section = rest[0]) {
    const remaining = section.blocks.filter((block) => !isTitleLine(block));
    if (remaining.length < section.blocks.length) lines.push(...section.blocks.filter(isTitleLine).map((block) => oneLine(block.text)));
    if (remaining.some(({ type }) => type !== 'notes')) {
      rest[0] = { ...section, blocks: remaining };
      break;
    }
    notes.push(...remaining);
    rest.shift();
  }
  const subtitle = lines.slice(0, 2).join(' · ');
  return { notes, sections: rest, ...(subtitle !== '' && { subtitle }) };
}

const isTitlePage = ({ title }: Section, lesson: OutlineLesson): boolean => title === undefined || title.toLowerCase() === lesson.title.toLowerCase();

const isTitleLine = (block: Block): block is Extract<Block, { type: 'paragraph' }> =>
  block.type === 'paragraph' && block.text.length <= LONGEST && countWords(block.text) <= MOST_WORDS && !/[.!?:;…]\s*$/u.test(block.text);
