import { Controller } from '@nestjs/common';
import { checkFacebookDeletion, completeSocialLogin, forgetFacebookIdentity, listLoginProviders, registerSocialLogin, startSocialLogin, type ReplyOf } from '@tecnocursos/contracts';
import { BusService } from '../bus/bus.service.js';
import { clientOf } from '../http/client-of.js';
import type { InputOf, SuccessOf } from '../http/operation.js';
import { Operation, type Exchange } from '../http/operation.decorator.js';
import { PublicUrl } from '../http/public-url.js';
import { endedLoginCookie, loginCookie, requireLoginCookie } from './login-cookie.js';
import {
  completeSocialLoginOperation, facebookDeletionOperation, facebookDeletionStatusOperation, listLoginProvidersOperation, registerSocialLoginOperation, socialCallbackOperation,
  startSocialLoginOperation,
} from './social.operations.js';

@Controller()
export class SocialHttpController {
  constructor(
    private readonly bus: BusService,
    private readonly publicUrl: PublicUrl,
  ) {}

  @Operation(listLoginProvidersOperation)
  providers(): Promise<SuccessOf<typeof listLoginProvidersOperation>> {
    return this.bus.call(listLoginProviders, {});
  }

  @Operation(startSocialLoginOperation)
  async start({ params, body }: InputOf<typeof startSocialLoginOperation>, { request, reply }: Exchange): Promise<SuccessOf<typeof startSocialLoginOperation>> {
    const started = await this.bus.call(startSocialLogin, { ...params, ...body, client: clientOf(request) });
    reply.header('set-cookie', loginCookie(started.state, this.publicUrl.of('')));
    return started;
  }

  @Operation(socialCallbackOperation)
  callback({ query }: InputOf<typeof socialCallbackOperation>, exchange: Exchange): Promise<SuccessOf<typeof socialCallbackOperation>> {
    return this.complete({ state: query.state, callback_url: this.publicUrl.of(exchange.request.url as `/${string}`) }, exchange);
  }

  @Operation(completeSocialLoginOperation)
  completeLogin({ body }: InputOf<typeof completeSocialLoginOperation>, exchange: Exchange): Promise<SuccessOf<typeof completeSocialLoginOperation>> {
    return this.complete(body, exchange);
  }

  @Operation(registerSocialLoginOperation)
  register({ body }: InputOf<typeof registerSocialLoginOperation>, { request }: Exchange): Promise<SuccessOf<typeof registerSocialLoginOperation>> {
    return this.bus.call(registerSocialLogin, { ...body, client: clientOf(request) });
  }

  @Operation(facebookDeletionOperation)
  async forgetFacebook({ body }: InputOf<typeof facebookDeletionOperation>): Promise<SuccessOf<typeof facebookDeletionOperation>> {
    const { confirmation_code: code } = await this.bus.call(forgetFacebookIdentity, body);
    return { url: this.publicUrl.of(`/api/auth/social/facebook/data-deletion/${code}`), confirmation_code: code };
  }

  @Operation(facebookDeletionStatusOperation)
  facebookDeletion({ params }: InputOf<typeof facebookDeletionStatusOperation>): Promise<SuccessOf<typeof facebookDeletionStatusOperation>> {
    return this.bus.call(checkFacebookDeletion, params);
  }

  private async complete(given: { state: string; callback_url: string; tenant_id?: string | undefined }, { request, reply }: Exchange): Promise<ReplyOf<typeof completeSocialLogin>> {
    requireLoginCookie(request.headers.cookie, given.state);
    reply.header('set-cookie', endedLoginCookie);
    return this.bus.call(completeSocialLogin, { ...given, client: clientOf(request) });
  }
}
