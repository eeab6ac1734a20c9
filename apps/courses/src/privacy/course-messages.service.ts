import { Inject, Injectable } from '@nestjs/common';
import { courseProgressed, runCourseStep, type SubjectScope } from '@tecnocursos/contracts';
import { eraseMessages, type BusConnection, type KeptMessage } from '@tecnocursos/messaging';
import { BUS, SCHEMA } from '@tecnocursos/nest-kit';
import { mentionsAny } from '@tecnocursos/persistence';
import type { Kysely } from 'kysely';
import type { CoursesTables } from '../courses.tables.js';

/** What was announced of courses: in the outbox, and in the streams of the broker. */
@Injectable()
export class CourseMessages {
  constructor(
    @Inject(SCHEMA) private readonly db: Kysely<CoursesTables>,
    @Inject(BUS) private readonly connection: BusConnection,
  ) {}

  /** @returns how many messages the streams had. */
  async erase(tenantId: string, scope: SubjectScope, courseIds: readonly string[]): Promise<number> {
    if (scope === 'subject' && courseIds.length === 0) return 0;
    await this.db.deleteFrom('outbox').where('tenant_id', '=', tenantId).$if(scope === 'subject', (query) => query.where(mentionsAny(['payload'], courseIds))).execute();
    const isMeant = ({ tenantId: owner, text }: KeptMessage): boolean => {
      if (owner !== tenantId) return false;
      const body = scope === 'tenant' ? '' : text();
      return scope === 'tenant' || courseIds.some((id) => body.includes(id));
    };
    const events = await eraseMessages(this.connection, { contract: courseProgressed, isMeant });
    // Jobs name a step and no person, and those of other courses are still to be done.
    return events + (scope === 'tenant' ? await eraseMessages(this.connection, { contract: runCourseStep, isMeant }) : 0);
  }
}
