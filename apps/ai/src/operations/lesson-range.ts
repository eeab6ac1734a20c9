import { AppError, type Document, type OutlineLesson } from '@tecnocursos/contracts';

/** @throws AppError `invalid_request` when the lesson lies outside the document. */
export function assertInside({ blocks }: Document, { first_block: first, end_block: end }: OutlineLesson): void {
  if (first < end && end <= blocks.length) return;
  const message = `The lesson covers blocks ${first} to ${end}; the document has ${blocks.length}.`;
  throw new AppError('invalid_request', message, { issues: [{ field: 'lesson.end_block', message }] });
}
