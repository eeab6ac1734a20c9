import { z } from 'zod';
import { ActorSchema, ClientSchema, lineOfText } from './access.js';
import { ObjectKeySchema, TenantIdSchema, TimestampSchema } from './common.js';
import { SERVICE_NAMES, type ServiceName } from './health.contract.js';
import { AccountIdSchema, EmailSchema } from './identity.contract.js';
import { defineRpc, type RpcContract } from './rpc.js';

/** The person a request is about, by everything that services may know them by. */
export const SubjectSchema = z.strictObject({
  account_id: AccountIdSchema.nullable(),
  emails: z.array(z.email()).max(20),
});
export type Subject = z.infer<typeof SubjectSchema>;

export const SubjectRecordSchema = z.object({
  category: z.string().min(1).max(100).meta({ description: 'what the record is: `course`, `message`, `invoice`' }),
  data: z.record(z.string(), z.unknown()),
});

/** `tenant`: the person is all there is of the organization, so that everything of it is theirs, and ends with them. */
export const SubjectScopeSchema = z.enum(['subject', 'tenant']);
export type SubjectScope = z.infer<typeof SubjectScopeSchema>;

const scope = SubjectScopeSchema.default('subject').meta({ description: '`tenant`: the person is all there is of the organization; everything of it is meant' });
const subjectExportRequest = z.strictObject({ job_id: z.uuid(), subject: SubjectSchema, scope, cursor: z.string().max(1_200).optional() });
const subjectExportReply = z.object({
  records: z.array(SubjectRecordSchema).max(1_000),
  objects: z.array(ObjectKeySchema).max(1_000).default([]).meta({ description: "stored objects of the tenant that belong to the subject's data" }),
  next_cursor: z.string().nullable().default(null).meta({ description: 'a page stays below 500 kB; null on the last one' }),
});
const subjectEraseRequest = z.strictObject({ job_id: z.uuid(), subject: SubjectSchema, scope });
const ErasureCountSchema = z.object({ category: z.string(), count: z.int().nonnegative() });
const subjectEraseReply = z.object({
  erased: z.array(ErasureCountSchema),
  retained: z.array(ErasureCountSchema.extend({ reason: z.string().meta({ description: 'legal ground, such as "LGPD art. 16 I: fiscal records, 5 years"' }) })).default([]),
});

export type SubjectExportContract = RpcContract<typeof subjectExportRequest, typeof subjectExportReply>;
export type SubjectEraseContract = RpcContract<typeof subjectEraseRequest, typeof subjectEraseReply>;

const exportOf = (service: ServiceName): SubjectExportContract =>
  defineRpc(`${service}.subject.export.v1`, { summary: `What ${service} keeps about a person in the tenant, in pages`, request: subjectExportRequest, reply: subjectExportReply, timeoutMs: 30_000 });

/** Repeating it is harmless: what is gone counts nothing. */
const eraseOf = (service: ServiceName): SubjectEraseContract =>
  defineRpc(`${service}.subject.erase.v1`, {
    summary: `Erase what ${service} keeps about a person in the tenant: rows, files, caches, streams, dead letters`,
    request: subjectEraseRequest, reply: subjectEraseReply, timeoutMs: 60_000,
  });

/** Every service answers both, with nothing where it keeps nothing about people. */
export const subjectExports = Object.fromEntries(SERVICE_NAMES.map((name) => [name, exportOf(name)])) as Record<ServiceName, SubjectExportContract>;
export const subjectErasures = Object.fromEntries(SERVICE_NAMES.map((name) => [name, eraseOf(name)])) as Record<ServiceName, SubjectEraseContract>;

const memoryForgetRequest = z.strictObject({ subject: SubjectSchema, scope });
const memoryForgetReply = z.object({ forgotten: z.int().nonnegative() });
export type MemoryForgetContract = RpcContract<typeof memoryForgetRequest, typeof memoryForgetReply>;

const SERVICES_WITH_MEMORY = ['ai', 'tts', 'avatar-video', 'sandbox'] as const satisfies readonly ServiceName[];
export type ServiceWithMemory = (typeof SERVICES_WITH_MEMORY)[number];

/** Every replica listens, without a queue group: what it has in its own memory is reached by no other. Nobody waits for the answers. */
const memoryForgetOf = (service: ServiceWithMemory): MemoryForgetContract =>
  defineRpc(`${service}.memory.forget.v1`, { summary: `All replicas of ${service} forget what they have of a person or an organization in memory`, request: memoryForgetRequest, reply: memoryForgetReply });

export const memoryForgets = Object.fromEntries(SERVICES_WITH_MEMORY.map((name) => [name, memoryForgetOf(name)])) as Record<ServiceWithMemory, MemoryForgetContract>;

/** `service`: needed to provide it. The others are each asked for, and each may be withdrawn. */
export const ConsentPurposeSchema = z.enum(['terms', 'privacy-policy', 'marketing', 'analytics', 'voice-cloning', 'profile-import', 'minors']);

export const ConsentSchema = z.object({
  id: z.uuid(), account_id: AccountIdSchema, purpose: ConsentPurposeSchema, text_version: z.string(), state: z.enum(['granted', 'withdrawn']),
  channel: z.string(), recorded_at: TimestampSchema,
});
export type Consent = z.infer<typeof ConsentSchema>;

export const recordConsent = defineRpc('identity.consent.record.v1', {
  summary: 'Record that the account gave or withdrew a consent; earlier records stay as they are (LGPD art. 8 §2, §5; GDPR art. 7)',
  request: z.strictObject({
    account_id: AccountIdSchema, purpose: ConsentPurposeSchema, state: z.enum(['granted', 'withdrawn']),
    text_version: lineOfText(100).meta({ description: 'version of the text that was shown' }),
    channel: z.enum(['web', 'api', 'mail', 'import']).default('web'), client: ClientSchema,
  }),
  reply: z.object({ consent: ConsentSchema }),
  errors: ['not_found'],
});

export const listConsents = defineRpc('identity.consent.list.v1', {
  summary: 'Consents of the account in the organization: what holds now, and the whole history, newest first',
  request: z.strictObject({ account_id: AccountIdSchema }),
  reply: z.object({ current: z.array(ConsentSchema), history: z.array(ConsentSchema) }),
});

const ServiceProgressSchema = z.object({
  service: z.string(), state: z.enum(['waiting', 'done', 'unanswered']),
  counts: z.array(ErasureCountSchema.extend({ retained_because: z.string().optional() })),
});

/** `incomplete`: the time is over, and not every service answered; it can be tried again. */
export const PrivacyJobSchema = z.object({
  id: z.uuid(), kind: z.enum(['export', 'erase']), state: z.enum(['queued', 'running', 'done', 'incomplete']),
  account_id: AccountIdSchema.nullable(), created_at: TimestampSchema, finished_at: TimestampSchema.nullable(), services: z.array(ServiceProgressSchema),
  download_url: z.url().nullable().meta({ description: 'the zip of an export that is done, for an hour' }),
  download_until: TimestampSchema.nullable().meta({ description: 'when the zip itself is deleted' }),
});
export type PrivacyJob = z.infer<typeof PrivacyJobSchema>;

const by = { actor: ActorSchema, client: ClientSchema.optional() };

/** Of the account itself or, with `privacy:manage`, of anybody whom the organization has data of. */
export const createPrivacyJob = defineRpc('identity.privacy-job.create.v1', {
  summary: 'Begin an export or an erasure of everything about a person in the organization',
  request: z.strictObject({
    ...by, id: z.uuid().optional().meta({ description: 'the same id begins once' }), kind: z.enum(['export', 'erase']),
    account_id: AccountIdSchema.optional(), email: EmailSchema.optional(),
  }),
  reply: z.object({ job: PrivacyJobSchema }),
  errors: ['not_found', 'conflict', 'forbidden'],
});

export const getPrivacyJob = defineRpc('identity.privacy-job.get.v1', {
  summary: 'How an export or an erasure stands',
  request: z.strictObject({ job_id: z.uuid(), account_id: AccountIdSchema.optional().meta({ description: 'finds jobs about this account alone' }) }),
  reply: z.object({ job: PrivacyJobSchema }),
  errors: ['not_found'],
});

export const listPrivacyJobs = defineRpc('identity.privacy-job.list.v1', {
  summary: 'Exports and erasures of the organization, newest first',
  request: z.strictObject({ account_id: AccountIdSchema.optional(), limit: z.int().min(1).max(100).default(50) }),
  reply: z.object({ jobs: z.array(PrivacyJobSchema) }),
});

export const retryPrivacyJob = defineRpc('identity.privacy-job.retry.v1', {
  summary: 'Take an incomplete export or erasure up again',
  request: z.strictObject({ ...by, job_id: z.uuid() }),
  reply: z.object({ job: PrivacyJobSchema }),
  errors: ['not_found', 'conflict'],
});

/** Days after which data of a category is deleted. */
export const RETENTION_CATEGORIES = ['audit-log', 'sessions', 'exports', 'messages', 'analytics', 'course-sources'] as const;
export const RetentionSchema = z.object({ category: z.enum(RETENTION_CATEGORIES), days: z.int().positive(), is_default: z.boolean() });

export const getRetention = defineRpc('identity.retention.get.v1', {
  summary: 'How long the organization keeps what',
  request: z.strictObject({}),
  reply: z.object({ retention: z.array(RetentionSchema) }),
});

export const putRetention = defineRpc('identity.retention.put.v1', {
  summary: 'Set how long the organization keeps a category of data',
  request: z.strictObject({ ...by, category: z.enum(RETENTION_CATEGORIES), days: z.int().min(1).max(3_650) }),
  reply: z.object({ retention: z.array(RetentionSchema) }),
});

const ProcessingActivitySchema = z.object({
  activity: z.string(), service: z.string(), purpose: z.string(), legal_basis: z.string(), data_categories: z.array(z.string()), data_subjects: z.array(z.string()),
  retention: z.string(), processors: z.array(z.object({ name: z.string(), country: z.string(), purpose: z.string() })),
});

export const getProcessingRecord = defineRpc('identity.processing-record.get.v1', {
  summary: 'The record of processing activities (LGPD art. 37; GDPR art. 30), with whom data is shared (LGPD art. 18 VII)',
  request: z.strictObject({}),
  reply: z.object({ controller: z.object({ tenant_id: TenantIdSchema, name: z.string(), contact: z.email() }), activities: z.array(ProcessingActivitySchema) }),
  errors: ['not_found'],
});
