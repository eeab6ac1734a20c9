import type { Language, Outline, OutlineLesson, Slide } from '@tecnocursos/contracts';
import type { z } from 'zod';
import type { ContentStructureSchema } from './ai.operations.js';

type ContentStructure = z.input<typeof ContentStructureSchema>;
type Lesson = ContentStructure['modules'][number]['lessons'][number];

/** Words a minute of narration. */
const WORDS_PER_MINUTE: Readonly<Record<Language, number>> = { 'pt-BR': 145, en: 155 };

/** Lessons that follow one another under the same module's title are a module; lessons without one belong to the course itself. */
export function structureOf({ title, summary, lessons }: Outline, language: Language): ContentStructure {
  const modules: ContentStructure['modules'] = [];
  for (const lesson of lessons) {
    const name = lesson.module ?? title;
    const last = modules.at(-1);
    if (last?.title === name) last.lessons.push(planOf(lesson));
    else modules.push({ number: modules.length + 1, title: name, lessons: [planOf(lesson)] });
  }
  const total = lessons.reduce((sum, lesson) => sum + lesson.estimated_minutes, 0);
  return { title, summary, language, total_minutes: Math.round(total * 10) / 10, modules };
}

const planOf = ({ number, title, summary, objectives, key_points, key_terms, estimated_minutes }: OutlineLesson): Lesson => ({
  number, title, summary, objectives, key_points: key_points ?? key_terms.map(({ term, definition }) => (definition === undefined ? term : `${term}: ${definition}`)),
  key_terms, duration_minutes: estimated_minutes,
});

/** Minutes that the narration takes: its words, and the pauses that it asks for. */
export function narrationMinutes(slides: readonly Slide[], language: Language): number {
  let words = 0;
  let pausesMs = 0;
  for (const { narration } of slides) {
    for (const [, amount = '0', unit] of narration.matchAll(/<break\b[^>]*\btime="(\d+(?:\.\d+)?)(ms|s)"/g)) pausesMs += Number(amount) * (unit === 's' ? 1_000 : 1);
    words += narration.replace(/<[^>]*>/g, ' ').split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word)).length;
  }
  return Math.round((words / WORDS_PER_MINUTE[language] + pausesMs / 60_000) * 10) / 10;
}
