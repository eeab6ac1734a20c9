import { z } from 'zod';
import { lineOfText } from './access.js';
import { TimestampSchema } from './common.js';
import { defineEvent, defineRpc, type EventContract } from './rpc.js';

/** Vendors that call us: the path of their address is `/api/integrations/webhooks/<vendor>`, with `/<token>` behind it where they sign nothing. */
export const WEBHOOK_VENDORS = ['d-id', 'synthesia'] as const;
export const WebhookVendorSchema = z.enum(WEBHOOK_VENDORS);
export type WebhookVendor = z.infer<typeof WebhookVendorSchema>;

/** Bytes of the largest body taken: in base64, with headers, it fits in one message of the broker (1 MiB). */
export const WEBHOOK_MAX_BYTES = 640 * 1024;

/** A call as it came in: nothing of it is checked yet, and nothing of it may be believed. */
export const ReceivedWebhookSchema = z.strictObject({
  id: z.uuid().meta({ description: 'given by the gateway; also the id of the message' }),
  vendor: z.string().max(40),
  token: z.string().max(200).nullable().meta({ description: 'last segment of the path' }),
  headers: z.record(z.string().max(200), z.string().max(8_192)).meta({ description: 'names in lower case' }),
  body_base64: z.base64().max(Math.ceil(WEBHOOK_MAX_BYTES / 3) * 4).meta({ description: 'the bytes as they came: signatures are made of them' }),
  received_at: TimestampSchema,
});
export type ReceivedWebhook = z.infer<typeof ReceivedWebhookSchema>;
type ReceivedEvent = EventContract<typeof ReceivedWebhookSchema>;

const receivedFrom = (vendor: WebhookVendor): ReceivedEvent =>
  defineEvent(`events.webhooks.${vendor}.received.v1`, { summary: `A call of ${vendor}, not verified: the service that owns the vendor verifies it`, payload: ReceivedWebhookSchema });

/** The event of each vendor: the gateway publishes it and waits until the broker has stored it; one service follows it. */
export const webhookEvents = Object.fromEntries(WEBHOOK_VENDORS.map((vendor) => [vendor, receivedFrom(vendor)])) as Readonly<Record<WebhookVendor, ReceivedEvent>>;

/** What callers can be told of. */
export const WEBHOOK_EVENT_TYPES = ['video.ready', 'video.failed', 'video.canceled'] as const;
export const WebhookEventTypeSchema = z.enum(WEBHOOK_EVENT_TYPES);
export type WebhookEventType = z.infer<typeof WebhookEventTypeSchema>;

export const WebhookEndpointSchema = z.object({
  id: z.uuid(),
  url: z.url(),
  description: z.string().nullable(),
  events: z.array(WebhookEventTypeSchema),
  state: z.enum(['enabled', 'disabled']),
  disabled_reason: z.string().nullable(),
  created_at: TimestampSchema,
  secret_hint: z.string().meta({ description: 'end of the newest secret' }),
});
export type WebhookEndpoint = z.infer<typeof WebhookEndpointSchema>;

const secret = z.string().meta({ description: '`whsec_` and 32 bytes in base64, as the Standard Webhooks specification wants it; shown this once' });

export const createWebhookEndpoint = defineRpc('webhooks.endpoint.create.v1', {
  summary: 'Register an address that is told of events; calls are signed as the Standard Webhooks specification says',
  request: z.strictObject({
    url: z.url({ protocol: /^https?$/ }).max(2_048),
    description: lineOfText(200).optional(),
    events: z.array(WebhookEventTypeSchema).min(1).max(WEBHOOK_EVENT_TYPES.length).default([...WEBHOOK_EVENT_TYPES]),
  }),
  reply: z.object({ endpoint: WebhookEndpointSchema, secret }),
  errors: ['conflict'],
});

export const listWebhookEndpoints = defineRpc('webhooks.endpoint.list.v1', {
  summary: 'The registered addresses',
  request: z.strictObject({}),
  reply: z.object({ endpoints: z.array(WebhookEndpointSchema) }),
});

export const updateWebhookEndpoint = defineRpc('webhooks.endpoint.update.v1', {
  summary: 'Change what an address is told of, or enable it again after it was disabled',
  request: z.strictObject({
    endpoint_id: z.uuid(),
    events: z.array(WebhookEventTypeSchema).min(1).max(WEBHOOK_EVENT_TYPES.length).optional(),
    state: z.enum(['enabled', 'disabled']).optional(),
  }),
  reply: z.object({ endpoint: WebhookEndpointSchema }),
  errors: ['not_found'],
});

export const rotateWebhookSecret = defineRpc('webhooks.endpoint.rotate.v1', {
  summary: 'A new secret; for a day calls carry signatures of both the new and the former one',
  request: z.strictObject({ endpoint_id: z.uuid() }),
  reply: z.object({ endpoint: WebhookEndpointSchema, secret, former_until: TimestampSchema }),
  errors: ['not_found'],
});

export const deleteWebhookEndpoint = defineRpc('webhooks.endpoint.delete.v1', {
  summary: 'Forget an address; what was not delivered to it yet is dropped',
  request: z.strictObject({ endpoint_id: z.uuid() }),
  reply: z.object({ deleted: z.literal(true) }),
  errors: ['not_found'],
});

export const WebhookDeliverySchema = z.object({
  id: z.string().meta({ description: 'the header `webhook-id` of all its attempts' }),
  endpoint_id: z.uuid(),
  type: WebhookEventTypeSchema,
  state: z.enum(['pending', 'delivered', 'failed']),
  attempts: z.int().nonnegative(),
  last_status: z.int().nullable(),
  last_error: z.string().nullable(),
  next_attempt_at: TimestampSchema.nullable(),
  created_at: TimestampSchema,
});

export const listWebhookDeliveries = defineRpc('webhooks.delivery.list.v1', {
  summary: 'What was and is to be delivered, newest first',
  request: z.strictObject({ endpoint_id: z.uuid().optional(), limit: z.int().min(1).max(100).default(20) }),
  reply: z.object({ deliveries: z.array(WebhookDeliverySchema) }),
});
