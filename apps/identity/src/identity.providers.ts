import type { Provider, Type } from '@nestjs/common';
import { ENVIRONMENT, LOGGER, readConfig, type Environment, type Logger } from '@tecnocursos/nest-kit';
import { AccountMailer } from './accounts/account-mailer.service.js';
import { AccountRegistration } from './accounts/account-registration.service.js';
import { AccountRepository } from './accounts/account.repository.js';
import { AccountsConfigSchema } from './accounts/accounts.config.js';
import { AccountsRpcController } from './accounts/accounts.rpc-controller.js';
import { AttemptLimiter } from './accounts/attempt-limiter.service.js';
import { EmailVerification } from './accounts/email-verification.service.js';
import { OneTimeTokenRepository } from './accounts/one-time-token.repository.js';
import { PasswordChange } from './accounts/password-change.service.js';
import { PasswordCheck } from './accounts/password-check.service.js';
import { PasswordReset } from './accounts/password-reset.service.js';
import { Passwords } from './accounts/password.service.js';
import { SecondFactorCheck } from './accounts/second-factor-check.service.js';
import { SecondFactorRpcController } from './accounts/second-factor.rpc-controller.js';
import { SecondFactor } from './accounts/second-factor.service.js';
import { SignIn } from './accounts/sign-in.service.js';
import { SignUp } from './accounts/sign-up.service.js';
import { ApiKeyVerification } from './api-keys/api-key-verification.service.js';
import { ApiKeyRepository } from './api-keys/api-key.repository.js';
import { ApiKeyService } from './api-keys/api-key.service.js';
import { ApiKeysRpcController } from './api-keys/api-keys.rpc-controller.js';
import { AccountTrail } from './audit/account-trail.service.js';
import { AuditLog } from './audit/audit-log.service.js';
import { AuditRepository } from './audit/audit.repository.js';
import { AuditRpcController } from './audit/audit.rpc-controller.js';
import { Clock } from './clock.js';
import { CredentialRepository } from './credentials/credential.repository.js';
import { CredentialService } from './credentials/credential.service.js';
import { CredentialsRpcController } from './credentials/credentials.rpc-controller.js';
import { FirstTenant } from './first-tenant.service.js';
import { Housekeeping } from './housekeeping.service.js';
import { IdentityRpcController } from './identity.rpc-controller.js';
import { ACCOUNTS_CONFIG, PRIVACY_CONFIG, SOCIAL_CONFIG, TOKENS_CONFIG } from './identity.tokens.js';
import { MailRelay } from './mail/mail-relay.service.js';
import { MailRepository } from './mail/mail.repository.js';
import { ActorRoles } from './organizations/actor-roles.service.js';
import { InvitationAcceptance } from './organizations/invitation-acceptance.service.js';
import { InvitationMailer } from './organizations/invitation-mailer.service.js';
import { InvitationRepository } from './organizations/invitation.repository.js';
import { InvitationService } from './organizations/invitation.service.js';
import { InvitationsRpcController } from './organizations/invitations.rpc-controller.js';
import { MemberService } from './organizations/member.service.js';
import { MembershipRepository } from './organizations/membership.repository.js';
import { OrganizationService } from './organizations/organization.service.js';
import { OrganizationsRpcController } from './organizations/organizations.rpc-controller.js';
import { ConsentService } from './privacy/consent.service.js';
import { ErasureScope } from './privacy/erasure-scope.service.js';
import { ExportResults } from './privacy/export-results.service.js';
import { IdentitySubjectErasure } from './privacy/identity-subject-erasure.service.js';
import { IdentitySubjectExport } from './privacy/identity-subject-export.service.js';
import { IdentitySubjectRpcController } from './privacy/identity-subject.rpc-controller.js';
import { JobOutcomes } from './privacy/job-outcomes.service.js';
import { PrivacyHousekeeping } from './privacy/privacy-housekeeping.service.js';
import { PrivacyJobView } from './privacy/privacy-job-view.service.js';
import { PrivacyJobRepository } from './privacy/privacy-job.repository.js';
import { PrivacyJobService } from './privacy/privacy-job.service.js';
import { PrivacyTimes } from './privacy/privacy-times.js';
import { PrivacyWorker } from './privacy/privacy-worker.service.js';
import { PrivacyConfigSchema } from './privacy/privacy.config.js';
import { PrivacyRpcController } from './privacy/privacy.rpc-controller.js';
import { RetentionUpkeep } from './privacy/retention-upkeep.service.js';
import { RetentionService } from './privacy/retention.service.js';
import { SubjectErasure } from './privacy/subject-erasure.service.js';
import { SubjectExport } from './privacy/subject-export.service.js';
import { SubjectSeal } from './privacy/subject-seal.service.js';
import { TenantErasure } from './privacy/tenant-erasure.service.js';
import { FacebookDeletion } from './social/facebook-deletion.service.js';
import { IdentityLinking } from './social/identity-linking.service.js';
import { LinkedIdentityRepository } from './social/linked-identity.repository.js';
import { LoginProviders } from './social/login-providers.js';
import { RedirectUris } from './social/redirect-uris.js';
import { SocialArrival } from './social/social-arrival.service.js';
import { SocialConfigSchema } from './social/social.config.js';
import { ProfileImport } from './social/profile-import.service.js';
import { SocialLogin } from './social/social-login.service.js';
import { SocialRegistration } from './social/social-registration.service.js';
import { SocialRpcController } from './social/social.rpc-controller.js';
import { SweepTimes } from './sweep-times.js';
import { TenantRepository } from './tenant.repository.js';
import { AccessTokens } from './tokens/access-tokens.service.js';
import { SessionEnd } from './tokens/session-end.service.js';
import { RefreshContext, SessionRefresh } from './tokens/session-refresh.service.js';
import { SessionRepository } from './tokens/session.repository.js';
import { SessionsRpcController } from './tokens/sessions.rpc-controller.js';
import { Sessions } from './tokens/sessions.service.js';
import { SigningKeyRepository } from './tokens/signing-key.repository.js';
import { SigningKeys } from './tokens/signing-keys.service.js';
import { TokenIssue } from './tokens/token-issue.service.js';
import { TokensConfigSchema } from './tokens/tokens.config.js';
import { DataKeyRepository } from './vault/data-key.repository.js';
import { KeyRewrap } from './vault/key-rewrap.service.js';
import { MasterKeys, readMasterKeys } from './vault/master-keys.js';
import { SecretVault } from './vault/secret-vault.service.js';
import { VaultConfigSchema } from './vault/vault.config.js';

const CONFIGURATION: Provider[] = [
  { provide: ACCOUNTS_CONFIG, inject: [ENVIRONMENT], useFactory: (environment: Environment) => readConfig(AccountsConfigSchema, environment) },
  { provide: TOKENS_CONFIG, inject: [ENVIRONMENT], useFactory: (environment: Environment) => readConfig(TokensConfigSchema, environment) },
  { provide: SOCIAL_CONFIG, inject: [ENVIRONMENT], useFactory: (environment: Environment) => readConfig(SocialConfigSchema, environment) },
  { provide: PRIVACY_CONFIG, inject: [ENVIRONMENT], useFactory: (environment: Environment) => readConfig(PrivacyConfigSchema, environment) },
  {
    provide: MasterKeys, inject: [ENVIRONMENT, LOGGER],
    useFactory: (environment: Environment, logger: Logger) => readMasterKeys(readConfig(VaultConfigSchema, environment), logger),
  },
];

const VAULT: Provider[] = [DataKeyRepository, SecretVault, KeyRewrap];
const AUDIT: Provider[] = [AuditRepository, AuditLog, AccountTrail];
const MAIL: Provider[] = [MailRepository, MailRelay];
const ACCOUNTS: Provider[] = [
  AccountRepository, OneTimeTokenRepository, AttemptLimiter, Passwords, AccountMailer, AccountRegistration, SignUp, EmailVerification, PasswordReset, PasswordChange, PasswordCheck,
  SecondFactor, SecondFactorCheck, SignIn,
];
const ORGANIZATIONS: Provider[] = [
  MembershipRepository, ActorRoles, OrganizationService, MemberService, InvitationRepository, InvitationMailer, InvitationService, InvitationAcceptance,
];
const TOKENS: Provider[] = [SessionRepository, SessionEnd, SigningKeyRepository, SigningKeys, AccessTokens, Sessions, RefreshContext, SessionRefresh, TokenIssue];
const API_KEYS: Provider[] = [ApiKeyRepository, ApiKeyVerification, ApiKeyService];

const SOCIAL: Provider[] = [LinkedIdentityRepository, IdentityLinking, FacebookDeletion, LoginProviders, RedirectUris, ProfileImport, SocialLogin, SocialArrival, SocialRegistration];

const CREDENTIALS: Provider[] = [CredentialRepository, CredentialService];

const PRIVACY: Provider[] = [
  ConsentService, RetentionService, RetentionUpkeep, PrivacyTimes, SubjectSeal, ErasureScope, PrivacyJobRepository, PrivacyJobService, PrivacyJobView, SubjectExport,
  SubjectErasure, JobOutcomes, ExportResults, PrivacyWorker, PrivacyHousekeeping, IdentitySubjectExport, IdentitySubjectErasure, TenantErasure,
];

export const IDENTITY_PROVIDERS: Provider[] = [
  Clock, TenantRepository, FirstTenant, SweepTimes, Housekeeping, ...CONFIGURATION, ...VAULT, ...AUDIT, ...MAIL, ...ACCOUNTS, ...ORGANIZATIONS, ...TOKENS, ...API_KEYS, ...SOCIAL,
  ...CREDENTIALS, ...PRIVACY,
];

export const IDENTITY_CONTROLLERS: Type[] = [
  IdentityRpcController, AccountsRpcController, SecondFactorRpcController, SessionsRpcController, OrganizationsRpcController, InvitationsRpcController,
  ApiKeysRpcController, AuditRpcController, SocialRpcController, CredentialsRpcController, PrivacyRpcController, IdentitySubjectRpcController,
];
