import { Injectable } from '@nestjs/common';
import { AppError, type ReplyInput, type RequestOf, type verifyApiKey } from '@tecnocursos/contracts';
import { AuditRepository } from '../audit/audit.repository.js';
import { permissionsOfKey } from './api-key.js';
import { ApiKeyRepository } from './api-key.repository.js';

@Injectable()
export class ApiKeyVerification {
  constructor(
    private readonly keys: ApiKeyRepository,
    private readonly audit: AuditRepository,
  ) {}

  /** @throws AppError `api_key_invalid`. */
  async verify({ key_sha256: keySha256, client }: RequestOf<typeof verifyApiKey>): Promise<ReplyInput<typeof verifyApiKey>> {
    const key = await this.keys.findValid(keySha256);
    if (!key) throw new AppError('api_key_invalid', 'This API key is unknown, has expired, or was revoked. Use a key of your tenant.');
    if (await this.keys.touch(key)) {
      const entry = { actor: { type: 'api_key', id: key.id }, action: 'api-key.used', target: `api-key:${key.id}`, data: { mode: key.mode }, client } as const;
      await this.audit.append(key.tenant_id, entry);
    }
    return {
      tenant_id: key.tenant_id, key_id: key.id, mode: key.mode, role: key.role, scopes: [...permissionsOfKey(key)], expires_at: key.expires_at?.toISOString() ?? null,
    };
  }
}
