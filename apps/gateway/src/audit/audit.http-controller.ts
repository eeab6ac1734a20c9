import { Controller } from '@nestjs/common';
import { listAuditEntries, verifyAuditLog } from '@tecnocursos/contracts';
import { BusService } from '../bus/bus.service.js';
import type { InputOf, SuccessOf } from '../http/operation.js';
import { Operation } from '../http/operation.decorator.js';
import { listAuditOperation, verifyAuditOperation } from './audit.operations.js';

@Controller()
export class AuditHttpController {
  constructor(private readonly bus: BusService) {}

  @Operation(listAuditOperation)
  list({ query }: InputOf<typeof listAuditOperation>): Promise<SuccessOf<typeof listAuditOperation>> {
    return this.bus.call(listAuditEntries, query);
  }

  @Operation(verifyAuditOperation)
  verify(): Promise<SuccessOf<typeof verifyAuditOperation>> {
    return this.bus.call(verifyAuditLog, {});
  }
}
