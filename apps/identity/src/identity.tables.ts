import type { Migrations } from '@tecnocursos/persistence';
import type { Kysely, Transaction } from 'kysely';
import { createAccountTables, type AccountTables } from './accounts/account.tables.js';
import { createAuditTables, type AuditTables } from './audit/audit.tables.js';
import { createCredentialTables, type CredentialTables } from './credentials/credential.tables.js';
import { createMailTables, type MailTables } from './mail/mail.tables.js';
import { createOrganizationTables, type OrganizationTables } from './organizations/organization.tables.js';
import { addSecondPass, createPrivacyTables, type PrivacyTables } from './privacy/privacy.tables.js';
import { addImportedProfile, createSocialTables, type SocialTables } from './social/social.tables.js';
import { createTenantTables, extendApiKeys, type TenantTables } from './tenant.tables.js';
import { createTokenTables, type TokenTables } from './tokens/token.tables.js';
import { createVaultTables, type VaultTables } from './vault/vault.tables.js';

export const IDENTITY_SCHEMA = 'identity';

export type IdentityTables = TenantTables & VaultTables & AuditTables & MailTables & AccountTables & OrganizationTables & TokenTables & SocialTables & CredentialTables & PrivacyTables;

export const identityMigrations: Migrations = {
  '001-tenants': { up: (db) => createTenantTables(db, IDENTITY_SCHEMA) },
  '002-vault': { up: (db) => createVaultTables(db, IDENTITY_SCHEMA) },
  '003-audit': { up: (db) => createAuditTables(db, IDENTITY_SCHEMA) },
  '004-mail': { up: (db) => createMailTables(db, IDENTITY_SCHEMA) },
  '005-accounts': { up: (db) => createAccountTables(db, IDENTITY_SCHEMA) },
  '006-organizations': { up: (db) => createOrganizationTables(db, IDENTITY_SCHEMA) },
  '007-tokens': { up: (db) => createTokenTables(db, IDENTITY_SCHEMA) },
  '008-api-keys': { up: (db) => extendApiKeys(db, IDENTITY_SCHEMA) },
  '009-social': { up: (db) => createSocialTables(db, IDENTITY_SCHEMA) },
  '010-credentials': { up: (db) => createCredentialTables(db, IDENTITY_SCHEMA) },
  '011-privacy': { up: (db) => createPrivacyTables(db, IDENTITY_SCHEMA) },
  '012-second-pass': { up: (db) => addSecondPass(db, IDENTITY_SCHEMA) },
  '013-imported-profile': { up: (db) => addImportedProfile(db, IDENTITY_SCHEMA) },
};

export type IdentityDatabase = Kysely<IdentityTables>;
export type IdentityTransaction = Transaction<IdentityTables>;
export type Executor = IdentityDatabase | IdentityTransaction;
