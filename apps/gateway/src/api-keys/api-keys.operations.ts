import { ApiKeySchema, createApiKey, listApiKeys, revokeApiKey, rotateApiKey } from '@tecnocursos/contracts';
import { z } from 'zod';
import { defineOperation } from '../http/operation.js';

const tag = 'api-keys';
const by = { actor: true, client: true } as const;
const params = z.strictObject({ key_id: z.uuid() });

export const listApiKeysOperation = defineOperation({
  id: 'listApiKeys', method: 'GET', path: '/api/api-keys', tag, permission: 'api-keys:read',
  summary: listApiKeys.summary,
  query: z.strictObject({ include_revoked: z.enum(['true', 'false']).transform((text) => text === 'true').optional() }),
  success: { status: 200, description: 'The keys', schema: listApiKeys.reply },
});

export const createApiKeyOperation = defineOperation({
  id: 'createApiKey', method: 'POST', path: '/api/api-keys', tag, permission: 'api-keys:manage',
  summary: createApiKey.summary,
  body: createApiKey.request.omit(by),
  requestExample: { name: 'backend', mode: 'live', role: 'editor' },
  success: { status: 200, description: 'The key, shown this once', schema: createApiKey.reply },
  errors: createApiKey.errors,
});

export const rotateApiKeyOperation = defineOperation({
  id: 'rotateApiKey', method: 'POST', path: '/api/api-keys/{key_id}/rotate', tag, permission: 'api-keys:manage',
  summary: rotateApiKey.summary,
  params, body: rotateApiKey.request.omit({ ...by, key_id: true }),
  success: { status: 200, description: 'The new key, shown this once', schema: rotateApiKey.reply },
  errors: rotateApiKey.errors,
});

export const revokeApiKeyOperation = defineOperation({
  id: 'revokeApiKey', method: 'DELETE', path: '/api/api-keys/{key_id}', tag, permission: 'api-keys:manage',
  summary: revokeApiKey.summary,
  description: 'Replicas of the gateway refuse it within half a minute.',
  params, success: { status: 200, description: 'The key', schema: ApiKeySchema },
  errors: revokeApiKey.errors,
});
