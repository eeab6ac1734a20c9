import { z } from 'zod';
import { defineOperation } from '../http/operation.js';

const common = {
  method: 'POST', tag: 'webhooks', access: 'public',
  success: { status: 202, description: 'The call is stored; whether it is believed is decided later, and told to nobody' },
  errors: ['not_found', 'payload_too_large', 'unavailable'],
} as const;
const vendor = z.string().meta({ description: 'a vendor that calls: `d-id`, `synthesia`' });

export const receiveWebhookOperation = defineOperation({
  ...common, id: 'receiveWebhook', path: '/api/integrations/webhooks/{vendor}',
  summary: 'Calls of vendors that sign what they send',
  params: z.object({ vendor }),
});

export const receiveTokenWebhookOperation = defineOperation({
  ...common, id: 'receiveTokenWebhook', path: '/api/integrations/webhooks/{vendor}/{token}',
  summary: 'Calls of vendors that sign nothing, at an address of its own for each order',
  params: z.object({ vendor, token: z.string() }),
});
