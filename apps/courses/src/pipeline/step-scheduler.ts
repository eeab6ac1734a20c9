import { runCourseStep } from '@tecnocursos/contracts';
import { enqueue, lockKey } from '@tecnocursos/persistence';
import type { Transaction } from 'kysely';
import type { CoursesTables } from '../courses.tables.js';

/** A queued step whose message got lost is queued again after this long. */
const QUEUED_LEASE_MS = 30_000;

/**
 * Queues as many of a tenant's ready steps as its concurrency allows, older courses first, so that twenty uploads at
 * once take turns in place of all growing together.
 */
export async function scheduleSteps(transaction: Transaction<CoursesTables>, tenantId: string, concurrency: number): Promise<void> {
  await lockKey(transaction, `courses.schedule.${tenantId}`);
  const { busy } = await transaction
    .selectFrom('step')
    .select((expression) => expression.fn.countAll<number>().as('busy'))
    .where('tenant_id', '=', tenantId)
    .where('state', 'in', ['queued', 'running'])
    .executeTakeFirstOrThrow();
  if (busy >= concurrency) return;
  const ready = await transaction
    .selectFrom('step')
    .innerJoin('course', 'course.id', 'step.course_id')
    .select(['step.id', 'course.request_id'])
    .where('step.tenant_id', '=', tenantId)
    .where('step.state', '=', 'ready')
    .where('step.not_before', '<=', new Date())
    .where('course.state', 'in', ['processing', 'published'])
    .orderBy('step.course_created_at')
    .orderBy('step.lesson')
    .orderBy('step.slide')
    .limit(concurrency - busy)
    .execute();
  if (ready.length === 0) return;
  await transaction
    .updateTable('step')
    .set({ state: 'queued', lease_until: new Date(Date.now() + QUEUED_LEASE_MS) })
    .where('id', 'in', ready.map(({ id }) => id))
    .where('state', '=', 'ready')
    .execute();
  await enqueue(
    transaction,
    ready.map(({ id, request_id: requestId }) => ({
      subject: runCourseStep.subject, payload: { step_id: id, tenant_id: tenantId }, tenantId, requestId,
    })),
  );
}

/** Gives steps back whose worker or message is gone; returns the tenants that have something to schedule. */
export async function releaseExpired(transaction: Transaction<CoursesTables>): Promise<string[]> {
  await transaction
    .updateTable('step')
    .set({ state: 'ready', lease_until: null })
    .where('state', 'in', ['queued', 'running'])
    .where('lease_until', '<', new Date())
    .execute();
  const tenants = await transaction
    .selectFrom('step')
    .innerJoin('course', 'course.id', 'step.course_id')
    .select('step.tenant_id')
    .distinct()
    .where('step.state', '=', 'ready')
    .where('step.not_before', '<=', new Date())
    .where('course.state', 'in', ['processing', 'published'])
    .execute();
  return tenants.map(({ tenant_id }) => tenant_id);
}
