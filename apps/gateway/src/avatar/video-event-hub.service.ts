import { videoChanged } from '@tecnocursos/contracts';
import { EventHub, type HubOptions } from '../streams/event-hub.js';

/** How videos move on, for whoever watches them. */
export class VideoEventHub extends EventHub<typeof videoChanged> {
  constructor(options: HubOptions) {
    super({ contract: videoChanged, addressOf: ({ tenant_id: tenantId, video_id: id }) => ({ tenantId, id }) }, options);
  }
}
