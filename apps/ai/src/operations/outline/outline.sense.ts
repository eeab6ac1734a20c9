import type { Document, Outline, OutlineLesson } from '@tecnocursos/contracts';
import { hasText } from '../../providers/local/document/sections.js';
import type { DocumentChunk } from '../chunks.js';
import type { Findings } from '../findings.js';
import { minutesOf } from './lesson-minutes.js';
import type { OutlineDraft } from './outline.prompt.js';

type Range = Readonly<Pick<OutlineDraft['lessons'][number], 'first_block' | 'end_block'>>;

/** Blocks that a lesson's bound may be off by and still be mended: a heading here, a picture there. */
const SMALL_GAP = 3;
const SMALL_SHARE = 0.1;

/** The draft as an outline: lessons in order that cover the chunk's blocks without gaps. */
export function senseOutline(document: Document, chunk: DocumentChunk, draft: OutlineDraft, findings: Findings): Outline {
  const bounds = boundsOf(chunk, draft.lessons, findings);
  const lessons = draft.lessons.map((lesson, index): OutlineLesson => {
    const [first, end] = [bounds[index] ?? chunk.first, bounds[index + 1] ?? chunk.end];
    return {
      number: index + 1,
      title: lesson.title,
      first_block: first,
      end_block: end,
      objectives: lesson.objectives,
      key_terms: distinctTerms(lesson.key_terms),
      summary: lesson.summary.trim(),
      estimated_minutes: minutesOf(document, first, end),
      ...(lesson.key_points.length > 0 && { key_points: lesson.key_points }),
      ...(lesson.module !== '' && { module: lesson.module }),
    };
  });
  const silent = lessons.findIndex(({ first_block: first, end_block: end }) => first < end && !hasText(document.blocks.slice(first, end)));
  if (silent >= 0) findings.problem(`lessons.${silent}: its blocks have no text. Make it a part of another lesson.`);
  return { title: draft.title, summary: draft.summary.trim(), lessons };
}

/**
 * Where each lesson begins, and where the last one ends. A small gap or overlap goes to the lesson before it, since lessons begin with a heading; a large one is a
 * problem.
 */
function boundsOf(chunk: DocumentChunk, lessons: readonly Range[], findings: Findings): number[] {
  const tolerance = Math.max(SMALL_GAP, Math.floor((chunk.end - chunk.first) * SMALL_SHARE));
  const bounds = [chunk.first, ...lessons.slice(1).map(({ first_block: first }) => first), chunk.end];
  lessons.forEach(({ first_block: first, end_block: end }, index) => {
    const [from, to] = [bounds[index] ?? 0, bounds[index + 1] ?? 0];
    if (to <= from) findings.problem(`lessons.${index}: it begins at block ${first}, and the next one at ${to}. Lessons are in order, have one block at least, and lie within ${chunk.first} to ${chunk.end}.`);
    else if (Math.abs(first - from) > tolerance || Math.abs(end - to) > tolerance) {
      findings.problem(`lessons.${index}: it covers blocks ${first} to ${end}, but ${from} to ${to} have to be covered there. Leave no gap and no overlap.`);
    }
  });
  return bounds;
}

function distinctTerms(terms: OutlineDraft['lessons'][number]['key_terms']): OutlineLesson['key_terms'] {
  const seen = new Set<string>();
  return terms.flatMap(({ term, definition }) => {
    const key = term.toLowerCase();
    if (seen.has(key)) return [];
    seen.add(key);
    return [{ term, ...(definition !== '' && { definition }) }];
  });
}
