import { createWebhookEndpoint, deleteWebhookEndpoint, listWebhookDeliveries, listWebhookEndpoints, rotateWebhookSecret, updateWebhookEndpoint } from '@tecnocursos/contracts';
import { z } from 'zod';
import { defineOperation } from '../http/operation.js';

const common = { tag: 'webhooks', permission: 'webhooks:manage' } as const;
const path = '/api/webhooks/endpoints';
const byId = deleteWebhookEndpoint.request;

export const createWebhookEndpointOperation = defineOperation({
  ...common, id: 'createWebhookEndpoint', method: 'POST', path,
  summary: createWebhookEndpoint.summary,
  description: 'The secret is shown this once. Check each call as https://www.standardwebhooks.com says, with any of its libraries.',
  body: createWebhookEndpoint.request,
  requestExample: { url: 'https://escola.example/tecnocursos', events: ['video.ready', 'video.failed'] },
  success: { status: 200, description: 'The endpoint and its secret', schema: createWebhookEndpoint.reply },
  errors: createWebhookEndpoint.errors,
});

export const listWebhookEndpointsOperation = defineOperation({
  ...common, permission: 'webhooks:read', id: 'listWebhookEndpoints', method: 'GET', path,
  summary: listWebhookEndpoints.summary,
  success: { status: 200, description: 'The endpoints', schema: listWebhookEndpoints.reply },
});

export const updateWebhookEndpointOperation = defineOperation({
  ...common, id: 'updateWebhookEndpoint', method: 'PUT', path: `${path}/{endpoint_id}`,
  summary: updateWebhookEndpoint.summary,
  params: byId,
  body: updateWebhookEndpoint.request.omit({ endpoint_id: true }),
  success: { status: 200, description: 'The endpoint', schema: updateWebhookEndpoint.reply },
  errors: updateWebhookEndpoint.errors,
});

export const deleteWebhookEndpointOperation = defineOperation({
  ...common, id: 'deleteWebhookEndpoint', method: 'DELETE', path: `${path}/{endpoint_id}`,
  summary: deleteWebhookEndpoint.summary,
  params: byId, success: { status: 204, description: 'The endpoint is forgotten' }, errors: deleteWebhookEndpoint.errors,
});

export const rotateWebhookSecretOperation = defineOperation({
  ...common, id: 'rotateWebhookSecret', method: 'POST', path: `${path}/{endpoint_id}/rotate`,
  summary: rotateWebhookSecret.summary,
  params: byId,
  success: { status: 200, description: 'The endpoint and its new secret', schema: rotateWebhookSecret.reply },
  errors: rotateWebhookSecret.errors,
});

export const listWebhookDeliveriesOperation = defineOperation({
  ...common, permission: 'webhooks:read', id: 'listWebhookDeliveries', method: 'GET', path: '/api/webhooks/deliveries',
  summary: listWebhookDeliveries.summary,
  query: listWebhookDeliveries.request.extend({ limit: z.coerce.number().int().min(1).max(100).default(20) }),
  success: { status: 200, description: 'The deliveries', schema: listWebhookDeliveries.reply },
});
