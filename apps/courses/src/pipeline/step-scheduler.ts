import { runCourseStep } from '@tecnocursos/contracts';
import { JobTable } from '@tecnocursos/persistence';
import type { Selectable, Transaction } from 'kysely';
import type { CoursesTables, StepTable } from '../courses.tables.js';

/** Steps of courses, as the jobs that they are. */
export const STEP_JOBS = new JobTable<Selectable<StepTable>>(
  'step',
  ({ id, tenantId }) => ({ subject: runCourseStep.subject, payload: { step_id: id, tenant_id: tenantId } }),
  { leaseMs: 15_000, queuedMs: 30_000 },
);

/**
 * Queues as many of a tenant's ready steps as its concurrency allows, older courses first, so that twenty uploads at
 * once take turns in place of all growing together.
 */
export async function scheduleSteps(transaction: Transaction<CoursesTables>, tenantId: string, concurrency: number): Promise<void> {
  const now = new Date();
  const ready = (limit: number) => transaction
    .selectFrom('step')
    .innerJoin('course', 'course.id', 'step.course_id')
    .select(['step.id', 'course.request_id'])
    .where('step.tenant_id', '=', tenantId)
    .where('step.state', '=', 'ready')
    .where('step.not_before', '<=', now)
    .where('course.state', 'in', ['processing', 'published'])
    .orderBy('step.course_created_at')
    .orderBy('step.lesson')
    .orderBy('step.slide')
    .limit(limit)
    .execute();
  await STEP_JOBS.schedule(transaction, { tenantId, concurrency, now, ready });
}

/** Gives steps back whose worker or message is gone; returns the tenants that have something to schedule. */
export async function releaseExpired(transaction: Transaction<CoursesTables>): Promise<string[]> {
  const now = new Date();
  await STEP_JOBS.releaseLost(transaction, now);
  const tenants = await transaction
    .selectFrom('step')
    .innerJoin('course', 'course.id', 'step.course_id')
    .select('step.tenant_id')
    .distinct()
    .where('step.state', '=', 'ready')
    .where('step.not_before', '<=', now)
    .where('course.state', 'in', ['processing', 'published'])
    .execute();
  return tenants.map(({ tenant_id }) => tenant_id);
}
