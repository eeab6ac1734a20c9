import { Controller } from '@nestjs/common';
import { confirmSecondFactor, removeSecondFactor, renewRecoveryCodes, startSecondFactor } from '@tecnocursos/contracts';
import { sessionOf } from '../access/permit.js';
import { BusService } from '../bus/bus.service.js';
import { clientOf } from '../http/client-of.js';
import type { InputOf, SuccessOf } from '../http/operation.js';
import { Operation, type Exchange } from '../http/operation.decorator.js';
import { confirmSecondFactorOperation, removeSecondFactorOperation, renewRecoveryCodesOperation, startSecondFactorOperation } from './account.operations.js';

@Controller()
export class SecondFactorHttpController {
  constructor(private readonly bus: BusService) {}

  @Operation(startSecondFactorOperation)
  start(_input: InputOf<typeof startSecondFactorOperation>, { request: { scope } }: Exchange): Promise<SuccessOf<typeof startSecondFactorOperation>> {
    return this.bus.call(startSecondFactor, { account_id: sessionOf(scope).accountId });
  }

  @Operation(confirmSecondFactorOperation)
  confirm({ body }: InputOf<typeof confirmSecondFactorOperation>, { request }: Exchange): Promise<SuccessOf<typeof confirmSecondFactorOperation>> {
    return this.bus.call(confirmSecondFactor, { ...body, account_id: sessionOf(request.scope).accountId, client: clientOf(request) });
  }

  @Operation(removeSecondFactorOperation)
  async remove({ body }: InputOf<typeof removeSecondFactorOperation>, { request }: Exchange): Promise<SuccessOf<typeof removeSecondFactorOperation>> {
    return (await this.bus.call(removeSecondFactor, { ...body, account_id: sessionOf(request.scope).accountId, client: clientOf(request) })).account;
  }

  @Operation(renewRecoveryCodesOperation)
  renewCodes({ body }: InputOf<typeof renewRecoveryCodesOperation>, { request }: Exchange): Promise<SuccessOf<typeof renewRecoveryCodesOperation>> {
    return this.bus.call(renewRecoveryCodes, { ...body, account_id: sessionOf(request.scope).accountId, client: clientOf(request) });
  }
}
