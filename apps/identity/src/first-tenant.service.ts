import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { ENVIRONMENT, LOGGER, readConfig, type Environment, type Logger } from '@tecnocursos/nest-kit';
import { apiKeySha256, newApiKey } from './api-key.js';
import { IdentityConfigSchema } from './identity.config.js';
import { TenantRepository } from './tenant.repository.js';

/** A new installation has one tenant, whose key is shown once and kept hashed. */
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
    const created = await this.tenants.createFirst(
      {
        name: config.IDENTITY_FIRST_TENANT_NAME,
        ownerName: config.IDENTITY_FIRST_OWNER_NAME,
        ownerEmail: config.IDENTITY_FIRST_OWNER_EMAIL,
        language: config.IDENTITY_FIRST_LANGUAGE,
      },
      apiKeySha256(key),
    );
    if (created) this.logger.info({ tenant: config.IDENTITY_FIRST_TENANT_NAME }, 'first tenant created');
    if (created && given === undefined) process.stdout.write(`\nAPI key of "${config.IDENTITY_FIRST_TENANT_NAME}" (shown this once, keep it): ${key}\n\n`);
    if (!created && given !== undefined) await this.tenants.addKeyToFirst(apiKeySha256(given));
  }
}
