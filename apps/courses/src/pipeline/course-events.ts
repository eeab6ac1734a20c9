import { courseProgressed, type CourseEvent } from '@tecnocursos/contracts';
import { enqueue } from '@tecnocursos/persistence';
import { sql, type Transaction } from 'kysely';
import type { CoursesTables } from '../courses.tables.js';

export interface NewCourseEvent {
  courseId: string;
  tenantId: string;
  requestId: string;
  type: CourseEvent['type'];
  data: CourseEvent['data'];
}

/** Writes the next line of a course's history, and announces it, in the transaction that makes it true. */
export async function recordEvent(transaction: Transaction<CoursesTables>, event: NewCourseEvent): Promise<void> {
  const { last_sequence: sequence, updated_at: occurredAt } = await transaction
    .updateTable('course')
    .set({ last_sequence: sql`last_sequence + 1`, updated_at: new Date() })
    .where('id', '=', event.courseId)
    .returning(['last_sequence', 'updated_at'])
    .executeTakeFirstOrThrow();
  await transaction
    .insertInto('course_event')
    .values({ course_id: event.courseId, sequence, type: event.type, data: JSON.stringify(event.data), occurred_at: occurredAt })
    .execute();
  const payload: CourseEvent = { course_id: event.courseId, sequence, type: event.type, occurred_at: occurredAt.toISOString(), data: event.data };
  await enqueue(transaction, [{ subject: courseProgressed.subject, payload, tenantId: event.tenantId, requestId: event.requestId }]);
}
