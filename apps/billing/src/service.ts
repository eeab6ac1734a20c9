import type { ServiceDefinition } from '@tecnocursos/nest-kit';
import { BillingModule } from './billing.module.js';
import { BILLING_SCHEMA, billingMigrations } from './billing.tables.js';

export const service: ServiceDefinition = {
  name: 'billing',
  module: BillingModule,
  database: { schema: BILLING_SCHEMA, migrations: billingMigrations },
};
