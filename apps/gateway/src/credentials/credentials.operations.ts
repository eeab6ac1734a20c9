import { CredentialFieldSchema, CredentialProviderSchema, CredentialSchema, deleteCredential, listCredentials, putCredential } from '@tecnocursos/contracts';
import { z } from 'zod';
import { defineOperation } from '../http/operation.js';

const tag = 'credentials';
const place = { path: '/api/credentials/{provider}/{field}', params: z.strictObject({ provider: CredentialProviderSchema, field: CredentialFieldSchema }) } as const;

export const listCredentialsOperation = defineOperation({
  id: 'listCredentials', method: 'GET', path: '/api/credentials', tag, permission: 'credentials:read',
  summary: listCredentials.summary,
  query: listCredentials.request,
  success: { status: 200, description: 'Which there are, each with its last four characters', schema: listCredentials.reply },
});

export const putCredentialOperation = defineOperation({
  ...place, id: 'putCredential', method: 'PUT', tag, permission: 'credentials:manage',
  summary: putCredential.summary,
  description: 'Written, and never shown again. Keys of AI vendors (`openai`, `anthropic`, `gemini`, `huggingface`; field `api_key`) are used for the calls of the organization within half a minute, before ours; other secrets are kept for the services that will use them.',
  body: putCredential.request.pick({ value: true }),
  requestExample: { value: 'the secret that the vendor gave' },
  success: { status: 200, description: 'The secret without its value', schema: CredentialSchema },
});

export const deleteCredentialOperation = defineOperation({
  ...place, id: 'deleteCredential', method: 'DELETE', tag, permission: 'credentials:manage',
  summary: deleteCredential.summary,
  success: { status: 200, description: 'Whether there was one', schema: deleteCredential.reply },
});
