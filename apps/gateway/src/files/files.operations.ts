import { z } from 'zod';
import { defineOperation } from '../http/operation.js';

const path = '/files/{path*}';
const common = { path, tag: 'files', access: 'public', params: z.object({ '*': z.string() }) } as const;

export const downloadFileOperation = defineOperation({
  ...common, id: 'downloadFile', method: 'GET',
  summary: 'A stored object by a signed, expiring link; `Range` is honoured',
  success: { status: 200, description: 'The object, or with status 206 a part of it', contentType: 'application/octet-stream' },
  errors: ['link_invalid', 'not_found', 'range_not_satisfiable'],
});

export const uploadFileOperation = defineOperation({
  ...common, id: 'uploadFile', method: 'PUT',
  summary: 'Store an object by a signed, expiring link',
  success: { status: 200, description: 'What was stored, with status 201', contentType: 'application/json' },
  errors: ['link_invalid', 'payload_too_large'],
});
