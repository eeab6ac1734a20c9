import { Inject, Injectable } from '@nestjs/common';
import { AppError, newId, type acceptInvitation, type previewInvitation, type ReplyInput, type RequestOf } from '@tecnocursos/contracts';
import { SCHEMA } from '@tecnocursos/nest-kit';
import { AccountRepository } from '../accounts/account.repository.js';
import type { AccountRow } from '../accounts/account.tables.js';
import { linkInvalid } from '../accounts/email-verification.service.js';
import { checkPassword } from '../accounts/password-policy.js';
import { Passwords } from '../accounts/password.service.js';
import { AuditRepository } from '../audit/audit.repository.js';
import { Clock } from '../clock.js';
import type { IdentityDatabase, IdentityTransaction } from '../identity.tables.js';
import { InvitationRepository } from './invitation.repository.js';

type AcceptRequest = RequestOf<typeof acceptInvitation>;

/** Invitations as the invited see them: who has the token reads the mail of the address. */
@Injectable()
export class InvitationAcceptance {
  constructor(
    @Inject(SCHEMA) private readonly db: IdentityDatabase,
    private readonly invitations: InvitationRepository,
    private readonly accounts: AccountRepository,
    private readonly passwords: Passwords,
    private readonly audit: AuditRepository,
    private readonly clock: Clock,
  ) {}

  async preview(token: string): Promise<ReplyInput<typeof previewInvitation>> {
    const invitation = await this.invitations.findByToken(token);
    if (!invitation) throw linkInvalid();
    const account = await this.accounts.findByEmail(invitation.email);
    const hasAccount = account !== undefined && account.email_verified_at !== null;
    return { organization_name: invitation.organization, email: invitation.email, role: invitation.role, has_account: hasAccount };
  }

  /** @throws AppError `link_invalid`; `forbidden` when another account is signed in, or none although the address has one. */
  async accept(request: AcceptRequest): Promise<ReplyInput<typeof acceptInvitation>> {
    const invitation = await this.invitations.findByToken(request.token);
    if (!invitation) throw linkInvalid();
    const existing = await this.accounts.findByEmail(invitation.email);
    const account = await this.accountFor(request, invitation.email, existing);
    await this.db.transaction().execute(async (transaction) => {
      if (!(await this.invitations.consumeIn(transaction, request.token))) throw linkInvalid();
      await this.storeIn(transaction, account, existing);
      await transaction.insertInto('membership')
        .values({ tenant_id: invitation.tenant_id, account_id: account.id, role: invitation.role, joined_at: this.clock.now(), suspended_at: null })
        .onConflict((conflict) => conflict.columns(['tenant_id', 'account_id']).doNothing()).execute();
      const entry = { actor: { type: 'account', id: account.id }, action: 'member.joined', target: `account:${account.id}`, data: { role: invitation.role, invitation: invitation.id }, client: request.client } as const;
      await this.audit.appendIn(transaction, invitation.tenant_id, entry);
    });
    return { account_id: account.id, tenant_id: invitation.tenant_id, role: invitation.role };
  }

  private async accountFor({ account_id: signedIn, registration }: AcceptRequest, email: string, existing: AccountRow | undefined): Promise<AccountRow> {
    if (existing !== undefined && existing.email_verified_at !== null) {
      if (signedIn === existing.id) return existing;
      throw new AppError('forbidden', 'Sign in with the account of the invited address, then accept the invitation.');
    }
    if (signedIn !== undefined) throw new AppError('forbidden', 'The invitation is for another address than that of your account. Ask for one to yours, or sign out first.');
    if (!registration) {
      throw new AppError('invalid_request', 'registration: choose a name and a password', { issues: [{ field: 'registration', message: 'Give name and password of the new account.' }] });
    }
    checkPassword(registration.password, email);
    return {
      id: existing?.id ?? newId(), email, email_verified_at: this.clock.now(), password_hash: await this.passwords.hash(registration.password), name: registration.name,
      language: registration.language, pending_organization: null, pending_tenant_id: null, totp_sealed: null, totp_confirmed_at: null, totp_last_step: 0,
      created_at: existing?.created_at ?? this.clock.now(),
    };
  }

  private async storeIn(transaction: IdentityTransaction, account: AccountRow, existing: AccountRow | undefined): Promise<void> {
    if (account === existing) return;
    if (existing) await this.accounts.takeOverIn(transaction, account);
    else await this.accounts.insertIn(transaction, account);
  }
}
