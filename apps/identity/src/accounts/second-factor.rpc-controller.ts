import { Controller } from '@nestjs/common';
import { confirmSecondFactor, removeSecondFactor, renewRecoveryCodes, startSecondFactor, type ReplyInput, type RequestOf } from '@tecnocursos/contracts';
import { RpcHandler } from '@tecnocursos/messaging';
import { AccountRepository } from './account.repository.js';
import { SecondFactor } from './second-factor.service.js';

@Controller()
export class SecondFactorRpcController {
  constructor(
    private readonly secondFactor: SecondFactor,
    private readonly accounts: AccountRepository,
  ) {}

  @RpcHandler(startSecondFactor)
  start({ account_id: id }: RequestOf<typeof startSecondFactor>): Promise<ReplyInput<typeof startSecondFactor>> {
    return this.secondFactor.start(id);
  }

  @RpcHandler(confirmSecondFactor)
  async confirm({ account_id: id, code, client }: RequestOf<typeof confirmSecondFactor>): Promise<ReplyInput<typeof confirmSecondFactor>> {
    return { recovery_codes: await this.secondFactor.confirm(id, code, client) };
  }

  @RpcHandler(renewRecoveryCodes)
  async renew({ account_id: id, code, client }: RequestOf<typeof renewRecoveryCodes>): Promise<ReplyInput<typeof renewRecoveryCodes>> {
    return { recovery_codes: await this.secondFactor.renewCodes(id, code, client) };
  }

  @RpcHandler(removeSecondFactor)
  async remove({ account_id: id, code, client }: RequestOf<typeof removeSecondFactor>): Promise<ReplyInput<typeof removeSecondFactor>> {
    await this.secondFactor.remove(id, code, client);
    return { account: await this.accounts.toWire(id) };
  }
}
