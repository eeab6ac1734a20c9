import { Inject, Injectable } from '@nestjs/common';
import type { ReplyInput, SubjectEraseContract } from '@tecnocursos/contracts';
import { SCHEMA } from '@tecnocursos/nest-kit';
import { Clock } from '../clock.js';
import { CredentialRepository } from '../credentials/credential.repository.js';
import type { IdentityDatabase } from '../identity.tables.js';
import { DataKeyRepository } from '../vault/data-key.repository.js';
import { SecretVault } from '../vault/secret-vault.service.js';

/** Ends an organization: its keys are destroyed, so that what is sealed opens nowhere any more, not even in a backup. */
@Injectable()
export class TenantErasure {
  constructor(
    @Inject(SCHEMA) private readonly db: IdentityDatabase,
    private readonly credentials: CredentialRepository,
    private readonly keys: DataKeyRepository,
    private readonly vault: SecretVault,
    private readonly clock: Clock,
  ) {}

  async erase(tenantId: string): Promise<ReplyInput<SubjectEraseContract>['erased']> {
    const erased = await this.db.transaction().execute(async (transaction) => {
      const now = this.clock.now();
      const credentials = await this.credentials.deleteAllIn(transaction, tenantId);
      await this.keys.destroy(transaction, tenantId, now);
      const keys = await transaction.deleteFrom('api_key').where('tenant_id', '=', tenantId).executeTakeFirst();
      await transaction.deleteFrom('invitation').where('tenant_id', '=', tenantId).execute();
      await transaction.deleteFrom('retention_setting').where('tenant_id', '=', tenantId).execute();
      await transaction.deleteFrom('mail').where('tenant_id', '=', tenantId).execute();
      await transaction.updateTable('audit_entry').set({ client: null, client_salt: null }).where('tenant_id', '=', tenantId).where('client', 'is not', null).execute();
      const { numUpdatedRows } = await transaction.updateTable('tenant').set({ name: 'erased', owner_name: 'erased', owner_email: 'erased@erased.invalid', erased_at: now })
        .where('id', '=', tenantId).where('erased_at', 'is', null).executeTakeFirst();
      return { organization: Number(numUpdatedRows), 'api-key': Number(keys.numDeletedRows), credential: credentials };
    });
    this.vault.forget(tenantId);
    return Object.entries(erased).map(([category, count]) => ({ category, count }));
  }
}
