import { courseProgressed, type CourseEvent } from '@tecnocursos/contracts';
import { EventHub, type EventListener, type HubOptions } from '../streams/event-hub.js';

export type CourseEventListener = EventListener<CourseEvent>;

/** What happens to courses, for whoever watches them. */
export class CourseEventHub extends EventHub<typeof courseProgressed> {
  constructor(options: HubOptions) {
    super({ contract: courseProgressed, addressOf: ({ course_id: id }, tenantId) => ({ tenantId, id }) }, options);
  }
}
