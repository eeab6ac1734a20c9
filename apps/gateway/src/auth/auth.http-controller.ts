import { Controller } from '@nestjs/common';
import { completeSignIn, listSigningKeys, refreshSession, requestPasswordReset, resendVerification, resetPassword, signIn, signUp, verifyEmail } from '@tecnocursos/contracts';
import { BusService } from '../bus/bus.service.js';
import { clientOf } from '../http/client-of.js';
import type { InputOf, SuccessOf } from '../http/operation.js';
import { Operation, type Exchange } from '../http/operation.decorator.js';
import {
  completeLoginOperation, forgotPasswordOperation, jwksOperation, loginOperation, refreshOperation, resendVerificationOperation, resetPasswordOperation, signUpOperation, verifyEmailOperation,
} from './auth.operations.js';

/** Signing up and in, for everybody. */
@Controller()
export class AuthHttpController {
  constructor(private readonly bus: BusService) {}

  @Operation(signUpOperation)
  signUp({ body }: InputOf<typeof signUpOperation>, { request }: Exchange): Promise<SuccessOf<typeof signUpOperation>> {
    return this.bus.call(signUp, { ...body, client: clientOf(request) });
  }

  @Operation(verifyEmailOperation)
  verifyEmail({ body }: InputOf<typeof verifyEmailOperation>, { request }: Exchange): Promise<SuccessOf<typeof verifyEmailOperation>> {
    return this.bus.call(verifyEmail, { ...body, client: clientOf(request) });
  }

  @Operation(resendVerificationOperation)
  resend({ body }: InputOf<typeof resendVerificationOperation>, { request }: Exchange): Promise<SuccessOf<typeof resendVerificationOperation>> {
    return this.bus.call(resendVerification, { ...body, client: clientOf(request) });
  }

  @Operation(loginOperation)
  login({ body }: InputOf<typeof loginOperation>, { request }: Exchange): Promise<SuccessOf<typeof loginOperation>> {
    return this.bus.call(signIn, { ...body, client: clientOf(request) });
  }

  @Operation(completeLoginOperation)
  completeLogin({ body }: InputOf<typeof completeLoginOperation>, { request }: Exchange): Promise<SuccessOf<typeof completeLoginOperation>> {
    return this.bus.call(completeSignIn, { ...body, client: clientOf(request) });
  }

  @Operation(refreshOperation)
  refresh({ body }: InputOf<typeof refreshOperation>, { request }: Exchange): Promise<SuccessOf<typeof refreshOperation>> {
    return this.bus.call(refreshSession, { ...body, client: clientOf(request) });
  }

  @Operation(forgotPasswordOperation)
  forgotPassword({ body }: InputOf<typeof forgotPasswordOperation>, { request }: Exchange): Promise<SuccessOf<typeof forgotPasswordOperation>> {
    return this.bus.call(requestPasswordReset, { ...body, client: clientOf(request) });
  }

  @Operation(resetPasswordOperation)
  resetPassword({ body }: InputOf<typeof resetPasswordOperation>, { request }: Exchange): Promise<SuccessOf<typeof resetPasswordOperation>> {
    return this.bus.call(resetPassword, { ...body, client: clientOf(request) });
  }

  @Operation(jwksOperation)
  async jwks(_input: InputOf<typeof jwksOperation>, { reply }: Exchange): Promise<SuccessOf<typeof jwksOperation>> {
    const { keys, max_age_s: maxAgeS } = await this.bus.call(listSigningKeys, {});
    reply.header('cache-control', `public, max-age=${maxAgeS}`);
    return { keys };
  }
}
