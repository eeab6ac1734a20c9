import {
  ConsentSchema, createPrivacyJob, getProcessingRecord, getRetention, listConsents, listPrivacyJobs, PrivacyJobSchema, putRetention, recordConsent, retryPrivacyJob,
} from '@tecnocursos/contracts';
import { z } from 'zod';
import { defineOperation } from '../http/operation.js';

const tag = 'privacy';
const own = { tag, access: 'account' } as const;
const job = { status: 200, description: 'The job', schema: PrivacyJobSchema } as const;
const begun = { status: 202, description: 'The job has begun', schema: PrivacyJobSchema } as const;
const byId = z.strictObject({ job_id: z.uuid() });
const page = z.strictObject({ limit: z.coerce.number().int().min(1).max(100).default(50) });
const { kind } = createPrivacyJob.request.shape;

export const recordConsentOperation = defineOperation({
  ...own, id: 'recordConsent', method: 'POST', path: '/api/privacy/consents',
  summary: recordConsent.summary,
  body: recordConsent.request.omit({ account_id: true, client: true }),
  requestExample: { purpose: 'marketing', state: 'granted', text_version: '2026-11' },
  success: { status: 200, description: 'The consent', schema: ConsentSchema },
  errors: recordConsent.errors,
});

export const listConsentsOperation = defineOperation({
  ...own, id: 'listConsents', method: 'GET', path: '/api/privacy/consents',
  summary: listConsents.summary,
  success: { status: 200, description: 'Consents', schema: listConsents.reply },
});

export const createOwnJobOperation = defineOperation({
  ...own, id: 'createOwnPrivacyJob', method: 'POST', path: '/api/privacy/me/jobs',
  summary: 'Export or erase everything about the signed-in account in the organization',
  body: z.strictObject({ kind }),
  requestExample: { kind: 'export' },
  success: begun, errors: createPrivacyJob.errors,
});

export const listOwnJobsOperation = defineOperation({
  ...own, id: 'listOwnPrivacyJobs', method: 'GET', path: '/api/privacy/me/jobs',
  summary: 'Exports and erasures of the signed-in account',
  query: page, success: { status: 200, description: 'The jobs', schema: listPrivacyJobs.reply },
});

export const getOwnJobOperation = defineOperation({
  ...own, id: 'getOwnPrivacyJob', method: 'GET', path: '/api/privacy/me/jobs/{job_id}',
  summary: 'How an export or an erasure of the signed-in account stands',
  params: byId, success: job, errors: ['not_found'],
});

export const createJobOperation = defineOperation({
  id: 'createPrivacyJob', method: 'POST', path: '/api/privacy/jobs', tag, permission: 'privacy:manage',
  summary: createPrivacyJob.summary,
  description: 'Name the person by `account_id`, or by `email` when they have no account.',
  body: createPrivacyJob.request.omit({ actor: true, client: true }),
  requestExample: { kind: 'export', email: 'aluna@fora.example' },
  success: begun, errors: createPrivacyJob.errors,
});

export const listJobsOperation = defineOperation({
  id: 'listPrivacyJobs', method: 'GET', path: '/api/privacy/jobs', tag, permission: 'privacy:read',
  summary: listPrivacyJobs.summary,
  query: page.extend({ account_id: z.uuid().optional() }),
  success: { status: 200, description: 'The jobs', schema: listPrivacyJobs.reply },
});

/** Its answer links to the data itself, so reading is for who may export. */
export const getJobOperation = defineOperation({
  id: 'getPrivacyJob', method: 'GET', path: '/api/privacy/jobs/{job_id}', tag, permission: 'privacy:manage',
  summary: 'How an export or an erasure stands, with the link to a zip that is done',
  params: byId, success: job, errors: ['not_found'],
});

export const retryJobOperation = defineOperation({
  id: 'retryPrivacyJob', method: 'POST', path: '/api/privacy/jobs/{job_id}/retry', tag, permission: 'privacy:manage',
  summary: retryPrivacyJob.summary,
  params: byId, success: begun, errors: retryPrivacyJob.errors,
});

export const getRetentionOperation = defineOperation({
  id: 'getRetention', method: 'GET', path: '/api/privacy/retention', tag, permission: 'privacy:read',
  summary: getRetention.summary,
  success: { status: 200, description: 'Days by category', schema: getRetention.reply },
});

export const putRetentionOperation = defineOperation({
  id: 'putRetention', method: 'PUT', path: '/api/privacy/retention/{category}', tag, permission: 'privacy:manage',
  summary: putRetention.summary,
  params: putRetention.request.pick({ category: true }),
  body: putRetention.request.pick({ days: true }),
  requestExample: { days: 365 },
  success: { status: 200, description: 'Days by category', schema: putRetention.reply },
});

export const processingRecordOperation = defineOperation({
  id: 'getProcessingRecord', method: 'GET', path: '/api/privacy/processing-record', tag, permission: 'privacy:read',
  summary: getProcessingRecord.summary,
  success: { status: 200, description: 'The record', schema: getProcessingRecord.reply },
  errors: getProcessingRecord.errors,
});
