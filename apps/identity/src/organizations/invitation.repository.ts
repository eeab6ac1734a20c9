import { Inject, Injectable } from '@nestjs/common';
import { SCHEMA } from '@tecnocursos/nest-kit';
import { Clock } from '../clock.js';
import type { IdentityDatabase, IdentityTransaction } from '../identity.tables.js';
import { sha256 } from '../random-token.js';
import type { InvitationRow } from './organization.tables.js';

@Injectable()
export class InvitationRepository {
  constructor(
    @Inject(SCHEMA) private readonly db: IdentityDatabase,
    private readonly clock: Clock,
  ) {}

  /** The second one for an address takes the place of the first. */
  async putIn(transaction: IdentityTransaction, invitation: InvitationRow): Promise<void> {
    const { id: _id, tenant_id: _tenant, email: _email, ...changes } = invitation;
    await transaction.insertInto('invitation').values(invitation)
      .onConflict((conflict) => conflict.columns(['tenant_id', 'email']).doUpdateSet({ ...changes, id: invitation.id })).execute();
  }

  /** Open ones, newest first. */
  async list(tenantId: string): Promise<InvitationRow[]> {
    return this.db.selectFrom('invitation').selectAll().where('tenant_id', '=', tenantId).where('expires_at', '>', this.clock.now()).orderBy('created_at', 'desc').limit(500).execute();
  }

  async findByToken(token: string): Promise<(InvitationRow & { organization: string }) | undefined> {
    return this.db.selectFrom('invitation').innerJoin('tenant', 'tenant.id', 'invitation.tenant_id').selectAll('invitation').select('tenant.name as organization')
      .where('token_sha256', '=', sha256(token)).where('expires_at', '>', this.clock.now()).where('tenant.erased_at', 'is', null).executeTakeFirst();
  }

  /** Uses it up. False when somebody else has, or when it was taken back. */
  async consumeIn(transaction: IdentityTransaction, token: string): Promise<boolean> {
    const { numDeletedRows } = await transaction.deleteFrom('invitation').where('token_sha256', '=', sha256(token)).where('expires_at', '>', this.clock.now()).executeTakeFirst();
    return numDeletedRows > 0n;
  }

  async removeIn(transaction: IdentityTransaction, tenantId: string, id: string): Promise<InvitationRow | undefined> {
    return transaction.deleteFrom('invitation').where('tenant_id', '=', tenantId).where('id', '=', id).returningAll().executeTakeFirst();
  }

  async sweep(): Promise<void> {
    await this.db.deleteFrom('invitation').where('expires_at', '<=', this.clock.now()).execute();
  }
}
