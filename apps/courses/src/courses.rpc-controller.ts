import { Controller } from '@nestjs/common';
import {
  cancelCourse, createCourse, deleteCourse, getCourse, listCourseEvents, listCourses, readDocument, retryCourse, type ReplyInput, type RequestOf,
} from '@tecnocursos/contracts';
import { RpcHandler, type CallContext } from '@tecnocursos/messaging';
import { CourseControl } from './course-control.service.js';
import { CourseView } from './course-view.service.js';
import { CourseRepository } from './course.repository.js';
import { DocumentIntake } from './intake/document-intake.service.js';
import { CourseIntake } from './intake/course-intake.service.js';

@Controller()
export class CoursesRpcController {
  constructor(
    private readonly courses: CourseRepository,
    private readonly intake: CourseIntake,
    private readonly documents: DocumentIntake,
    private readonly control: CourseControl,
    private readonly view: CourseView,
  ) {}

  @RpcHandler(createCourse)
  async create(request: RequestOf<typeof createCourse>, context: CallContext): Promise<ReplyInput<typeof createCourse>> {
    const { course, replayed } = await this.intake.create(request, context);
    return { course: await this.view.show(course), replayed };
  }

  @RpcHandler(readDocument)
  read(request: RequestOf<typeof readDocument>, context: CallContext): Promise<ReplyInput<typeof readDocument>> {
    return this.documents.readAndKeep(request, context);
  }

  @RpcHandler(getCourse)
  async get({ course_id }: RequestOf<typeof getCourse>, { tenantId }: CallContext): Promise<ReplyInput<typeof getCourse>> {
    return { course: await this.view.show(await this.courses.get(tenantId, course_id)) };
  }

  @RpcHandler(listCourses)
  list({ limit, cursor, state }: RequestOf<typeof listCourses>, { tenantId }: CallContext): Promise<ReplyInput<typeof listCourses>> {
    return this.courses.list(tenantId, { limit, cursor, state });
  }

  @RpcHandler(listCourseEvents)
  async events({ course_id, after, limit }: RequestOf<typeof listCourseEvents>, { tenantId }: CallContext): Promise<ReplyInput<typeof listCourseEvents>> {
    const { state } = await this.courses.get(tenantId, course_id);
    return { events: await this.courses.events(course_id, after, limit), state };
  }

  @RpcHandler(retryCourse)
  async retry({ course_id }: RequestOf<typeof retryCourse>, context: CallContext): Promise<ReplyInput<typeof retryCourse>> {
    await this.control.retry(context, course_id);
    return { course: await this.view.show(await this.courses.get(context.tenantId, course_id)) };
  }

  @RpcHandler(cancelCourse)
  async cancel({ course_id }: RequestOf<typeof cancelCourse>, context: CallContext): Promise<ReplyInput<typeof cancelCourse>> {
    await this.control.cancel(context, course_id);
    return { course: await this.view.show(await this.courses.get(context.tenantId, course_id)) };
  }

  @RpcHandler(deleteCourse)
  async delete({ course_id }: RequestOf<typeof deleteCourse>, context: CallContext): Promise<ReplyInput<typeof deleteCourse>> {
    await this.control.delete(context, course_id);
    return { deleted: true };
  }
}
