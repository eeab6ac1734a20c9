import { z } from 'zod';
import { defineOperation } from '../http/operation.js';

const common = { method: 'GET', tag: 'documents', access: 'public', errors: ['not_found'] } as const;

export const homeOperation = defineOperation({
  ...common, id: 'getHome', path: '/',
  summary: 'Where to find what',
  success: { status: 200, description: 'Links', schema: z.object({ name: z.string(), docs: z.string(), openapi: z.string(), asyncapi: z.string(), health: z.string() }) },
});

export const docsPageOperation = defineOperation({
  ...common, id: 'getDocs', path: '/api/docs',
  summary: 'This document, browsable',
  success: { status: 200, description: 'A page', contentType: 'text/html' },
});

export const docsAssetOperation = defineOperation({
  ...common, id: 'getDocsAsset', path: '/api/docs/assets/{name}',
  summary: 'A file of the browsable document',
  params: z.strictObject({ name: z.string().max(100) }),
  success: { status: 200, description: 'The file', contentType: 'text/javascript' },
});

export const openApiDocumentOperation = defineOperation({
  ...common, id: 'getOpenApiDocument', path: '/api/docs-json',
  summary: 'This document, as OpenAPI 3.1',
  success: { status: 200, description: 'The document', contentType: 'application/json' },
});

export const asyncApiDocumentOperation = defineOperation({
  ...common, id: 'getAsyncApiDocument', path: '/api/docs/asyncapi.json',
  summary: 'The subjects of the message bus, as AsyncAPI 3.0',
  success: { status: 200, description: 'The document', contentType: 'application/json' },
});
