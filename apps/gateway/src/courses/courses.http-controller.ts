import { Controller } from '@nestjs/common';
import {
  cancelCourse, deleteCourse, getCourse, listCourseEvents, listCourses, retryCourse, type createCourse, type ReplyOf,
} from '@tecnocursos/contracts';
import { BusService } from '../bus/bus.service.js';
import type { InputOf, SuccessOf } from '../http/operation.js';
import { Operation, type Exchange } from '../http/operation.decorator.js';
import { CourseCreationService } from './course-creation.service.js';
import { CourseEventHub } from './course-event-hub.service.js';
import { CourseEventStream } from './course-event-stream.js';
import {
  cancelCourseOperation, createCourseOperation, deleteCourseOperation, getCourseOperation, listCoursesOperation, retryCourseOperation,
  streamCourseEventsOperation,
} from './course.operations.js';

@Controller()
export class CoursesHttpController {
  constructor(
    private readonly bus: BusService,
    private readonly creation: CourseCreationService,
    private readonly hub: CourseEventHub,
  ) {}

  @Operation(createCourseOperation)
  async create(input: InputOf<typeof createCourseOperation>, { request, reply }: Exchange): Promise<SuccessOf<typeof createCourseOperation>> {
    const key = input.headers['idempotency-key'];
    const { course, replayed }: ReplyOf<typeof createCourse> = input.body
      ? await this.creation.fromText(input.body, request.scope, key)
      : await this.creation.fromUpload(request, key);
    reply.header('location', `/api/courses/${course.id}`);
    if (replayed) reply.header('idempotency-replayed', 'true');
    return course;
  }

  @Operation(listCoursesOperation)
  list({ query }: InputOf<typeof listCoursesOperation>): Promise<SuccessOf<typeof listCoursesOperation>> {
    return this.bus.call(listCourses, query);
  }

  @Operation(getCourseOperation)
  async get({ params }: InputOf<typeof getCourseOperation>): Promise<SuccessOf<typeof getCourseOperation>> {
    return (await this.bus.call(getCourse, params)).course;
  }

  @Operation(retryCourseOperation)
  async retry({ params }: InputOf<typeof retryCourseOperation>): Promise<SuccessOf<typeof retryCourseOperation>> {
    return (await this.bus.call(retryCourse, params)).course;
  }

  @Operation(cancelCourseOperation)
  async cancel({ params }: InputOf<typeof cancelCourseOperation>): Promise<SuccessOf<typeof cancelCourseOperation>> {
    return (await this.bus.call(cancelCourse, params)).course;
  }

  @Operation(deleteCourseOperation)
  async remove({ params }: InputOf<typeof deleteCourseOperation>): Promise<void> {
    await this.bus.call(deleteCourse, params);
  }

  @Operation(streamCourseEventsOperation)
  async events({ params, headers }: InputOf<typeof streamCourseEventsOperation>, { request, reply }: Exchange): Promise<CourseEventStream | undefined> {
    const { tenantId, requestId } = request.scope;
    const courseId = params.course_id;
    const after = headers['last-event-id'] ?? 0;
    const first = await this.bus.call(listCourseEvents, { course_id: courseId, after });
    if (request.method === 'HEAD' || (first.events.length === 0 && first.state !== 'processing')) {
      reply.code(204);
      return undefined;
    }
    const stream = new CourseEventStream(after, (last) => this.bus.callApart(listCourseEvents, { course_id: courseId, after: last }, { tenantId, requestId }));
    stream.once('close', this.hub.listen(tenantId, courseId, stream));
    reply.headers({ 'content-type': 'text/event-stream; charset=utf-8', 'x-accel-buffering': 'no' });
    void stream.catchUp(first);
    return stream;
  }
}
