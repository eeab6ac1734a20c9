import { Inject, Injectable } from '@nestjs/common';
import { ACCESS_TOKEN_ALGORITHM, ACCESS_TOKEN_TYPE, newId, type Role } from '@tecnocursos/contracts';
import { SignJWT } from 'jose';
import { Clock } from '../clock.js';
import { TOKENS_CONFIG } from '../identity.tokens.js';
import { SigningKeys } from './signing-keys.service.js';
import type { TokensConfig } from './tokens.config.js';

export interface AccessGrant {
  accountId: string;
  tenantId: string;
  role: Role;
  sessionId: string;
}

/** Signed statements of who acts as what, for some minutes (RFC 9068). */
@Injectable()
export class AccessTokens {
  constructor(
    private readonly keys: SigningKeys,
    private readonly clock: Clock,
    @Inject(TOKENS_CONFIG) private readonly config: TokensConfig,
  ) {}

  get lifeS(): number {
    return this.config.IDENTITY_ACCESS_TOKEN_S;
  }

  async sign({ accountId, tenantId, role, sessionId }: AccessGrant): Promise<string> {
    const { kid, key } = await this.keys.current();
    const issuedAt = Math.floor(this.clock.now().getTime() / 1000);
    return new SignJWT({ tenant: tenantId, role, sid: sessionId })
      .setProtectedHeader({ alg: ACCESS_TOKEN_ALGORITHM, typ: ACCESS_TOKEN_TYPE, kid })
      .setIssuer(this.config.IDENTITY_TOKEN_ISSUER).setAudience(this.config.IDENTITY_TOKEN_AUDIENCE)
      .setSubject(accountId).setJti(newId()).setIssuedAt(issuedAt).setExpirationTime(issuedAt + this.lifeS)
      .sign(key);
  }
}
