import { listAuditEntries, verifyAuditLog } from '@tecnocursos/contracts';
import { defineOperation } from '../http/operation.js';

const common = { method: 'GET', tag: 'audit', permission: 'audit:read' } as const;

export const listAuditOperation = defineOperation({
  ...common, id: 'listAuditEntries', path: '/api/audit',
  summary: listAuditEntries.summary,
  query: listAuditEntries.request,
  success: { status: 200, description: 'A page of entries', schema: listAuditEntries.reply },
});

export const verifyAuditOperation = defineOperation({
  ...common, id: 'verifyAuditLog', path: '/api/audit/verify',
  summary: verifyAuditLog.summary,
  success: { status: 200, description: 'Whether it is as it was written', schema: verifyAuditLog.reply },
  deadlineMs: verifyAuditLog.timeoutMs,
});
