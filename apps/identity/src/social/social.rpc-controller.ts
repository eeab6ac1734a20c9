import { Controller } from '@nestjs/common';
import {
  checkFacebookDeletion, completeSocialLogin, forgetFacebookIdentity, linkSocialLogin, listLinkedIdentities, listLoginProviders, registerSocialLogin, startSocialLogin, unlinkIdentity, type ReplyInput, type RequestOf,
} from '@tecnocursos/contracts';
import { RpcHandler } from '@tecnocursos/messaging';
import { FacebookDeletion } from './facebook-deletion.service.js';
import { IdentityLinking } from './identity-linking.service.js';
import { LoginProviders } from './login-providers.js';
import { SocialLogin } from './social-login.service.js';
import { SocialRegistration } from './social-registration.service.js';

@Controller()
export class SocialRpcController {
  constructor(
    private readonly providers: LoginProviders,
    private readonly logins: SocialLogin,
    private readonly registration: SocialRegistration,
    private readonly linking: IdentityLinking,
    private readonly facebook: FacebookDeletion,
  ) {}

  @RpcHandler(listLoginProviders)
  async list(): Promise<ReplyInput<typeof listLoginProviders>> {
    return { providers: this.providers.list().map(({ id, name }) => ({ id, name })) };
  }

  @RpcHandler(startSocialLogin)
  start(request: RequestOf<typeof startSocialLogin>): Promise<ReplyInput<typeof startSocialLogin>> {
    return this.logins.start(request);
  }

  @RpcHandler(completeSocialLogin)
  complete(request: RequestOf<typeof completeSocialLogin>): Promise<ReplyInput<typeof completeSocialLogin>> {
    return this.logins.complete(request);
  }

  @RpcHandler(registerSocialLogin)
  register(request: RequestOf<typeof registerSocialLogin>): Promise<ReplyInput<typeof registerSocialLogin>> {
    return this.registration.register(request);
  }

  @RpcHandler(linkSocialLogin)
  async link(request: RequestOf<typeof linkSocialLogin>): Promise<ReplyInput<typeof linkSocialLogin>> {
    return { state: 'linked', provider: await this.registration.link(request) };
  }

  @RpcHandler(listLinkedIdentities)
  async identities({ account_id: id }: RequestOf<typeof listLinkedIdentities>): Promise<ReplyInput<typeof listLinkedIdentities>> {
    return { identities: await this.linking.list(id) };
  }

  @RpcHandler(forgetFacebookIdentity)
  async forget({ signed_request: signed }: RequestOf<typeof forgetFacebookIdentity>): Promise<ReplyInput<typeof forgetFacebookIdentity>> {
    return { confirmation_code: await this.facebook.forget(signed) };
  }

  @RpcHandler(checkFacebookDeletion)
  async check({ confirmation_code: code }: RequestOf<typeof checkFacebookDeletion>): Promise<ReplyInput<typeof checkFacebookDeletion>> {
    this.facebook.check(code);
    return { confirmation_code: code, state: 'done' };
  }

  @RpcHandler(unlinkIdentity)
  async unlink({ account_id: accountId, identity_id: id, client }: RequestOf<typeof unlinkIdentity>): Promise<ReplyInput<typeof unlinkIdentity>> {
    return { removed: await this.linking.unlink(accountId, id, client) };
  }
}
