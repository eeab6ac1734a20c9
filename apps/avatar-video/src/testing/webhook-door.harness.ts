import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { newId, webhookEvents, type ReceivedWebhook, type WebhookVendor } from '@tecnocursos/contracts';
import type { DurablePublisher } from '@tecnocursos/messaging';

export interface WebhookDoor {
  /** Where vendors call. */
  readonly url: string;
  readonly received: ReceivedWebhook[];
  /** Set when there is a bus to publish on. */
  publisher: DurablePublisher | undefined;
  close(): Promise<void>;
}

const PATH = /^\/api\/integrations\/webhooks\/(d-id|synthesia)(?:\/([^/]+))?$/;

/** Stands in for the gateway's door: stores what comes in on the bus, and answers 202. */
export async function openWebhookDoor(): Promise<WebhookDoor> {
  const received: ReceivedWebhook[] = [];
  const server: Server = createServer((request, response) => {
    void buffer(request).then(async (body) => {
      const [, vendor, token] = PATH.exec(request.url ?? '') ?? [];
      if (vendor === undefined) return response.writeHead(404).end();
      const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]));
      const call = { id: newId(), vendor, token: token ?? null, headers, body_base64: body.toString('base64'), received_at: new Date().toISOString() };
      received.push(call);
      if (door.publisher) await publishWebhook(door.publisher, vendor as WebhookVendor, call);
      return response.writeHead(202).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const door: WebhookDoor = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, received, publisher: undefined,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return door;
}

export const publishWebhook = (publisher: DurablePublisher, vendor: WebhookVendor, call: ReceivedWebhook): Promise<void> =>
  publisher.publish({ id: call.id, subject: webhookEvents[vendor].subject, payload: call, tenantId: '', requestId: call.id });
