import { Inject, Injectable } from '@nestjs/common';
import type { Credential, deleteCredential, putCredential, RequestOf } from '@tecnocursos/contracts';
import { SCHEMA } from '@tecnocursos/nest-kit';
import { AuditRepository } from '../audit/audit.repository.js';
import { Clock } from '../clock.js';
import type { IdentityDatabase } from '../identity.tables.js';
import { SecretVault } from '../vault/secret-vault.service.js';
import { CredentialRepository } from './credential.repository.js';
import type { CredentialRow } from './credential.tables.js';

/** Of a shorter secret, four characters would give too much of it away. */
const SHORTEST_WITH_HINT = 12;

/** Secrets that tenants brought for vendors: written, never shown, and read by services alone. */
@Injectable()
export class CredentialService {
  constructor(
    @Inject(SCHEMA) private readonly db: IdentityDatabase,
    private readonly credentials: CredentialRepository,
    private readonly vault: SecretVault,
    private readonly audit: AuditRepository,
    private readonly clock: Clock,
  ) {}

  async put(tenantId: string, { actor, client, provider, field, value }: RequestOf<typeof putCredential>): Promise<Credential> {
    const sealed = await this.vault.seal(tenantId, { provider, field }, value);
    const row: CredentialRow = { tenant_id: tenantId, provider, field, sealed, last_four: hintOf(value), updated_at: this.clock.now(), updated_by: actor.id };
    await this.db.transaction().execute(async (transaction) => {
      await this.credentials.putIn(transaction, row);
      await this.audit.appendIn(transaction, tenantId, { actor, action: 'credential.stored', target: `credential:${provider}.${field}`, client });
    });
    return toWire(row);
  }

  async list(tenantId: string, provider: string | undefined): Promise<Credential[]> {
    return (await this.credentials.list(tenantId, provider)).map(toWire);
  }

  async delete(tenantId: string, { actor, client, provider, field }: RequestOf<typeof deleteCredential>): Promise<boolean> {
    return this.db.transaction().execute(async (transaction) => {
      const deleted = await this.credentials.deleteIn(transaction, tenantId, { provider, field });
      if (deleted) await this.audit.appendIn(transaction, tenantId, { actor, action: 'credential.deleted', target: `credential:${provider}.${field}`, client });
      return deleted;
    });
  }

  /** By provider and field; providers for which the tenant brought nothing are left out. @throws SealBrokenError when a row was changed or moved. */
  async reveal(tenantId: string, providers: readonly string[]): Promise<Record<string, Record<string, string>>> {
    const rows = (await this.credentials.list(tenantId, undefined)).filter(({ provider }) => providers.includes(provider));
    const revealed = new Map<string, Record<string, string>>(); // a provider may be called "constructor"
    for (const { provider, field, sealed } of rows) revealed.set(provider, { ...revealed.get(provider), [field]: await this.vault.open(tenantId, { provider, field }, sealed) });
    return Object.fromEntries(revealed);
  }
}

const hintOf = (value: string): string => (value.length < SHORTEST_WITH_HINT ? '' : value.slice(-4).replaceAll(/\P{ASCII}|\p{Cc}/gu, '*'));

const toWire = ({ provider, field, last_four, updated_at: updatedAt, updated_by }: CredentialRow): Credential => ({
  provider, field, last_four, updated_at: updatedAt.toISOString(), updated_by,
});
