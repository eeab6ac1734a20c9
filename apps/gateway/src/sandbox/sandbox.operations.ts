import { clearSandboxHistory, configureSandbox, getSandboxStatus, listSandboxHistory, SandboxSettingsSchema, SandboxStatusSchema } from '@tecnocursos/contracts';
import { z } from 'zod';
import { defineOperation } from '../http/operation.js';

const common = { tag: 'sandbox', permission: 'sandbox:manage', errors: ['forbidden'] } as const;

export const sandboxStatusOperation = defineOperation({
  ...common, id: 'getSandboxStatus', method: 'GET', path: '/api/integrations/mock/status',
  summary: getSandboxStatus.summary,
  success: { status: 200, description: 'Mode, vendors, counts', schema: SandboxStatusSchema },
});

export const configureSandboxOperation = defineOperation({
  ...common, id: 'configureSandbox', method: 'POST', path: '/api/integrations/mock/configure',
  summary: configureSandbox.summary,
  body: SandboxSettingsSchema,
  requestExample: { vendor: 'openai', mode: 'realistic', failure_rate: 0.2, seed: 7 },
  success: { status: 200, description: 'How it behaves now', schema: SandboxStatusSchema },
});

export const sandboxHistoryOperation = defineOperation({
  ...common, id: 'listSandboxHistory', method: 'GET', path: '/api/integrations/mock/history',
  summary: listSandboxHistory.summary,
  query: listSandboxHistory.request.extend({
    limit: z.coerce.number().int().min(1).max(100).default(20),
    failed: z.enum(['true', 'false']).transform((text) => text === 'true').optional(),
  }),
  success: { status: 200, description: 'A page of calls', schema: listSandboxHistory.reply },
});

export const clearSandboxHistoryOperation = defineOperation({
  ...common, id: 'clearSandboxHistory', method: 'DELETE', path: '/api/integrations/mock/history',
  summary: clearSandboxHistory.summary,
  query: clearSandboxHistory.request,
  success: { status: 200, description: 'How many were forgotten', schema: clearSandboxHistory.reply },
});
