import {
  CourseIdSchema, CourseOptionsSchema, CourseSchema, CourseTitleSchema, createCourse, getCourse, listCourses, CourseStateSchema, PageQuerySchema, type ErrorCode,
} from '@tecnocursos/contracts';
import { z } from 'zod';
import { defineOperation } from '../http/operation.js';

const byId = z.strictObject({ course_id: CourseIdSchema });
const UPLOAD_MS = 600_000;

export const CourseFormSchema = CourseOptionsSchema.extend({
  title: CourseTitleSchema.optional().meta({ description: "the document's own when absent" }),
});
export const CourseTextSchema = CourseOptionsSchema.extend({ title: CourseTitleSchema, text: createCourse.request.shape.source.options[1].shape.text });

const IdempotencySchema = z.object({
  'idempotency-key': z
    .string()
    .regex(/^[\x20-\x7e]{1,255}$/, 'Use 1 to 255 printable ASCII characters.')
    .optional()
    .meta({ description: 'a key of your own: the same request with the same key makes one course, however often it is sent' }),
});

export const createCourseOperation = defineOperation({
  id: 'createCourse', method: 'POST', path: '/api/courses', tag: 'courses', permission: 'courses:write',
  summary: 'Make a course of a document or a text',
  description: 'Send the document (PDF, PPTX, DOCX, Markdown, plain text; 50 MB at most) as the part `file` of a multipart form, or a text as JSON.',
  headers: IdempotencySchema,
  body: CourseTextSchema,
  form: CourseFormSchema,
  requestExample: { title: 'A água', text: '# A água\n\nA água cobre a maior parte do planeta…', language: 'pt-BR', lesson_minutes: 5 },
  success: {
    status: 202, description: 'The course is being made', schema: CourseSchema,
    headers: { location: 'path of the course', 'idempotency-replayed': '`true` when an earlier request with the same key made the course' },
  },
  errors: createCourse.errors,
  deadlineMs: UPLOAD_MS + createCourse.timeoutMs,
});

export const listCoursesOperation = defineOperation({
  id: 'listCourses', method: 'GET', path: '/api/courses', tag: 'courses', permission: 'courses:read',
  summary: listCourses.summary,
  query: PageQuerySchema.extend({ state: CourseStateSchema.optional() }),
  success: { status: 200, description: 'A page of courses', schema: listCourses.reply },
});

const oneCourse = { status: 200, description: 'The course', schema: CourseSchema } as const;
const notFound: readonly ErrorCode[] = ['not_found'];

export const getCourseOperation = defineOperation({
  id: 'getCourse', method: 'GET', path: '/api/courses/{course_id}', tag: 'courses', permission: 'courses:read',
  summary: getCourse.summary,
  params: byId, success: oneCourse, errors: notFound,
});

export const retryCourseOperation = defineOperation({
  id: 'retryCourse', method: 'POST', path: '/api/courses/{course_id}/retry', tag: 'courses', permission: 'courses:write',
  summary: 'Run the failed steps of a failed course again',
  params: byId, success: { ...oneCourse, status: 202 }, errors: ['not_found', 'conflict'],
});

export const cancelCourseOperation = defineOperation({
  id: 'cancelCourse', method: 'POST', path: '/api/courses/{course_id}/cancel', tag: 'courses', permission: 'courses:write',
  summary: 'Stop a course that is being made',
  params: byId, success: oneCourse, errors: ['not_found', 'conflict'],
});

export const deleteCourseOperation = defineOperation({
  id: 'deleteCourse', method: 'DELETE', path: '/api/courses/{course_id}', tag: 'courses', permission: 'courses:delete',
  summary: 'Delete a course and all its artifacts; work under way is stopped',
  params: byId, success: { status: 204, description: 'The course is gone' }, errors: notFound,
});

export const streamCourseEventsOperation = defineOperation({
  id: 'streamCourseEvents', method: 'GET', path: '/api/courses/{course_id}/events', tag: 'courses', permission: 'courses:read',
  summary: "A course's history and progress as server-sent events",
  description:
    'Each event has `id` (its sequence number), `event` (its type) and `data` (a CourseEvent as JSON). Send `Last-Event-ID` to go on after an ' +
    'event. The stream ends after `course.published`, `course.failed` or `course.canceled`; status 204 says that nothing is left to tell.',
  params: byId,
  headers: z.object({
    'last-event-id': z.coerce.number('Send the id of an event of this course.').int().min(0).max(Number.MAX_SAFE_INTEGER).optional().meta({ description: 'sequence number of the last event that was read' }),
  }),
  success: { status: 200, description: 'The events', contentType: 'text/event-stream' },
  errors: notFound,
});
