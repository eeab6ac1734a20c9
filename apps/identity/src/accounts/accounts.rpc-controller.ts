import { Controller } from '@nestjs/common';
import {
  changePassword, getAccount, requestPasswordReset, resendVerification, resetPassword, signUp, updateAccount, verifyEmail,
  type ReplyInput, type RequestOf,
} from '@tecnocursos/contracts';
import { RpcHandler } from '@tecnocursos/messaging';
import { AccountRepository } from './account.repository.js';
import { AttemptLimiter } from './attempt-limiter.service.js';
import { EmailVerification } from './email-verification.service.js';
import { PasswordChange } from './password-change.service.js';
import { PasswordReset } from './password-reset.service.js';
import { SignUp } from './sign-up.service.js';

@Controller()
export class AccountsRpcController {
  constructor(
    private readonly accounts: AccountRepository,
    private readonly signUps: SignUp,
    private readonly verification: EmailVerification,
    private readonly passwordReset: PasswordReset,
    private readonly passwordChange: PasswordChange,
    private readonly limiter: AttemptLimiter,
  ) {}

  @RpcHandler(signUp)
  async signUp(request: RequestOf<typeof signUp>): Promise<ReplyInput<typeof signUp>> {
    await this.signUps.signUp(request);
    return { state: 'verification_sent' };
  }

  @RpcHandler(verifyEmail)
  verifyEmail({ token, client }: RequestOf<typeof verifyEmail>): Promise<ReplyInput<typeof verifyEmail>> {
    return this.verification.verify(token, client);
  }

  @RpcHandler(resendVerification)
  async resend(request: RequestOf<typeof resendVerification>): Promise<ReplyInput<typeof resendVerification>> {
    await this.signUps.resend(request);
    return { state: 'sent_if_known' };
  }

  @RpcHandler(requestPasswordReset)
  async requestReset(request: RequestOf<typeof requestPasswordReset>): Promise<ReplyInput<typeof requestPasswordReset>> {
    await this.limiter.take([{ kind: 'sign-up-address', who: request.client.address }, { kind: 'mail', who: request.email }]);
    await this.passwordReset.request(request);
    return { state: 'sent_if_known' };
  }

  @RpcHandler(resetPassword)
  async reset(request: RequestOf<typeof resetPassword>): Promise<ReplyInput<typeof resetPassword>> {
    const { id, email } = await this.passwordReset.reset(request);
    await this.limiter.forget({ kind: 'sign-in-account', who: email }); // whoever locked the owner out has lost that power
    return { account_id: id };
  }

  @RpcHandler(changePassword)
  async change(request: RequestOf<typeof changePassword>): Promise<ReplyInput<typeof changePassword>> {
    await this.passwordChange.change(request);
    return { account: await this.accounts.toWire(request.account_id) };
  }

  @RpcHandler(getAccount)
  async get({ account_id: id }: RequestOf<typeof getAccount>): Promise<ReplyInput<typeof getAccount>> {
    return { account: await this.accounts.toWire(id) };
  }

  @RpcHandler(updateAccount)
  async update({ account_id: id, name, language }: RequestOf<typeof updateAccount>): Promise<ReplyInput<typeof updateAccount>> {
    if (name !== undefined || language !== undefined) await this.accounts.update(id, { ...(name !== undefined && { name }), ...(language !== undefined && { language }) });
    return { account: await this.accounts.toWire(id) };
  }
}
