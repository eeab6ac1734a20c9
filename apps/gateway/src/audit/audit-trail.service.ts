import { appendAuditEntry, newId, type RequestInput } from '@tecnocursos/contracts';
import type { Logger } from '@tecnocursos/nest-kit';
import type { FastifyRequest } from 'fastify';
import { callerOf } from '../access/permit.js';
import type { BusService } from '../bus/bus.service.js';
import { clientOf } from '../http/client-of.js';

type Entry = RequestInput<typeof appendAuditEntry>;

/** Notes in the organization's audit log what a caller has changed at a service that keeps no log of its own. */
export class AuditTrail {
  constructor(
    private readonly bus: BusService,
    private readonly logger: Logger,
  ) {}

  /** The change has been made, and stands: a note that cannot be kept is an error in our own log. */
  async note(request: FastifyRequest, action: string, target: string, data: Entry['data'] = {}): Promise<void> {
    const { actor } = callerOf(request.scope);
    try {
      await this.bus.call(appendAuditEntry, { id: newId(), actor, action, target, data, client: clientOf(request) });
    } catch (error) {
      this.logger.error({ err: error, actor, action, target, data }, 'a change is missing in the audit log');
    }
  }
}
