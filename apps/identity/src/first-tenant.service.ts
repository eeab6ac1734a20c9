import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { ENVIRONMENT, LOGGER, readConfig, type Environment, type Logger } from '@tecnocursos/nest-kit';
import { apiKeyHint, apiKeyMode, apiKeySha256, newApiKey } from './api-keys/api-key.js';
import { IdentityConfigSchema } from './identity.config.js';
import { TenantRepository } from './tenant.repository.js';

/** A new installation has one tenant, whose key is shown once and kept hashed. The key may invite the first members. */
@Injectable()
export class FirstTenant implements OnModuleInit {
  constructor(
    @Inject(ENVIRONMENT) private readonly environment: Environment,
    @Inject(LOGGER) private readonly logger: Logger,
    private readonly tenants: TenantRepository,
  ) {}

  async onModuleInit(): Promise<void> {
    const config = readConfig(IdentityConfigSchema, this.environment);
    const given = config.IDENTITY_BOOTSTRAP_API_KEY;
    const key = given ?? newApiKey();
    const stored = { sha256: apiKeySha256(key), mode: apiKeyMode(key), hint: apiKeyHint(key) };
    const tenant = {
      name: config.IDENTITY_FIRST_TENANT_NAME,
      ownerName: config.IDENTITY_FIRST_OWNER_NAME,
      ownerEmail: config.IDENTITY_FIRST_OWNER_EMAIL,
      language: config.IDENTITY_FIRST_LANGUAGE,
    };
    const created = await this.tenants.createFirst(tenant, stored);
    if (created) this.logger.info({ tenant: config.IDENTITY_FIRST_TENANT_NAME }, 'first tenant created');
    if (created && given === undefined) process.stdout.write(`\nAPI key of "${config.IDENTITY_FIRST_TENANT_NAME}" (shown this once, keep it): ${key}\n\n`);
    if (!created && given !== undefined) await this.tenants.addKeyToFirst(stored);
  }
}
