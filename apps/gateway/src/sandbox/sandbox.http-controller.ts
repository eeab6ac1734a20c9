import { Controller, Inject } from '@nestjs/common';
import { AppError, clearSandboxHistory, configureSandbox, getSandboxStatus, listSandboxHistory } from '@tecnocursos/contracts';
import { AuditTrail } from '../audit/audit-trail.service.js';
import { BusService } from '../bus/bus.service.js';
import type { InputOf, SuccessOf } from '../http/operation.js';
import { Operation, type Exchange } from '../http/operation.decorator.js';
import { clearSandboxHistoryOperation, configureSandboxOperation, sandboxHistoryOperation, sandboxStatusOperation } from './sandbox.operations.js';

/** Whether the sandbox may be looked at and changed from outside. */
export interface SandboxAccess {
  readonly allowed: boolean;
}
export const SANDBOX_ACCESS = Symbol('SANDBOX_ACCESS');

@Controller()
export class SandboxHttpController {
  constructor(
    private readonly bus: BusService,
    private readonly audit: AuditTrail,
    @Inject(SANDBOX_ACCESS) private readonly access: SandboxAccess,
  ) {}

  @Operation(sandboxStatusOperation)
  async status(): Promise<SuccessOf<typeof sandboxStatusOperation>> {
    this.assertAllowed();
    return (await this.bus.call(getSandboxStatus, {})).status;
  }

  @Operation(configureSandboxOperation)
  async configure({ body }: InputOf<typeof configureSandboxOperation>, { request }: Exchange): Promise<SuccessOf<typeof configureSandboxOperation>> {
    this.assertAllowed();
    const { status } = await this.bus.call(configureSandbox, body);
    await this.audit.note(request, 'sandbox.configured', `sandbox:${body.vendor ?? 'all'}`);
    return status;
  }

  @Operation(sandboxHistoryOperation)
  history({ query }: InputOf<typeof sandboxHistoryOperation>): Promise<SuccessOf<typeof sandboxHistoryOperation>> {
    this.assertAllowed();
    return this.bus.call(listSandboxHistory, query);
  }

  @Operation(clearSandboxHistoryOperation)
  clear({ query }: InputOf<typeof clearSandboxHistoryOperation>): Promise<SuccessOf<typeof clearSandboxHistoryOperation>> {
    this.assertAllowed();
    return this.bus.call(clearSandboxHistory, query);
  }

  private assertAllowed(): void {
    if (!this.access.allowed) throw new AppError('forbidden', 'The sandbox is closed in production. Set SANDBOX_ENABLED=true to open it.');
  }
}
