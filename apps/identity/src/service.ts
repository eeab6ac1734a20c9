import type { ServiceDefinition } from '@tecnocursos/nest-kit';
import { IdentityModule } from './identity.module.js';
import { IDENTITY_SCHEMA, identityMigrations } from './identity.tables.js';

export const service: ServiceDefinition = {
  name: 'identity',
  module: IdentityModule,
  database: { schema: IDENTITY_SCHEMA, migrations: identityMigrations },
};
