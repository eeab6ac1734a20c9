import type { ServiceDefinition } from '@tecnocursos/nest-kit';
import { insightsMigrations } from './insights.migrations.js';
import { InsightsModule } from './insights.module.js';
import { INSIGHTS_SCHEMA } from './insights.tables.js';

export const service: ServiceDefinition = {
  name: 'insights',
  module: InsightsModule,
  database: { schema: INSIGHTS_SCHEMA, migrations: insightsMigrations },
};
