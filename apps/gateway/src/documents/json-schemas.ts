import {
  CourseEventSchema, CourseOptionsSchema, CourseSchema, CourseSummarySchema, DependencyHealthSchema, LessonSchema, MailboxMessageSchema, PlanSchema,
  ServedBySchema, StepProgressSchema, SubscriptionSchema, VoiceSchema,
} from '@tecnocursos/contracts';
import { z } from 'zod';
import { IntegrationReportSchema, IntegrationsHealthSchema, PlatformHealthSchema, ServiceReportSchema } from '../health/health.schemas.js';
import { OpenAiProblemSchema } from '../chat/openai-error.js';
import { ProblemSchema } from '../http/problem.js';

export type JsonSchema = Record<string, unknown>;

/** Answers that the OpenAPI document names; all others are written out where they are used. */
const NAMED = {
  Course: CourseSchema,
  CourseSummary: CourseSummarySchema,
  CourseOptions: CourseOptionsSchema,
  CourseEvent: CourseEventSchema,
  Lesson: LessonSchema,
  StepProgress: StepProgressSchema,
  ServedBy: ServedBySchema,
  Plan: PlanSchema,
  Subscription: SubscriptionSchema,
  Voice: VoiceSchema,
  MailboxMessage: MailboxMessageSchema,
  PlatformHealth: PlatformHealthSchema,
  ServiceReport: ServiceReportSchema,
  DependencyHealth: DependencyHealthSchema,
  IntegrationsHealth: IntegrationsHealthSchema,
  IntegrationReport: IntegrationReportSchema,
  Problem: ProblemSchema,
  OpenAiProblem: OpenAiProblemSchema,
} as const satisfies Record<string, z.ZodType>;

const withoutDialect = ({ $schema: _schema, $id: _id, ...schema }: JsonSchema): JsonSchema => schema;

/** Of what a caller may send: defaults are optional, surplus fields are refused where the schema refuses them. */
export const inputSchema = (schema: z.ZodType): JsonSchema => withoutDialect(z.toJSONSchema(schema, { io: 'input' }));

/** Of what is sent: defaults are filled in. */
export const outputSchema = (schema: z.ZodType): JsonSchema => withoutDialect(z.toJSONSchema(schema, { io: 'output' }));

export interface ResponseSchemas {
  components: Record<string, JsonSchema>;
  /** Of one operation's answer, by the operation's id. */
  byOperation: Record<string, JsonSchema>;
}

/** Of what is answered: the named ones as components, the answers of the operations with references to them. */
export function responseSchemas(answers: Readonly<Record<string, z.ZodType>>): ResponseSchemas {
  const registry = z.registry<{ id: string }>();
  for (const [id, schema] of Object.entries(NAMED)) registry.add(schema, { id });
  // Copies: an answer that is also a part of another answer is written out in both, because it is no component to point at.
  for (const [id, schema] of Object.entries(answers)) if (!registry.has(schema)) registry.add(schema.clone(), { id });
  const { schemas } = z.toJSONSchema(registry, { io: 'output', uri: (id) => `#/components/schemas/${id}` });
  const clean = (id: string): JsonSchema => withoutDialect(schemas[id] as JsonSchema);
  return {
    components: Object.fromEntries(Object.keys(NAMED).map((id) => [id, clean(id)])),
    byOperation: Object.fromEntries(
      Object.entries(answers).map(([id, schema]) => {
        const name = registry.get(schema)?.id ?? id;
        return [id, name in NAMED ? { $ref: `#/components/schemas/${name}` } : clean(name)];
      }),
    ),
  };
}
