import type { ServiceDefinition } from '@tecnocursos/nest-kit';
import { AiModule } from './ai.module.js';
import { AI_SCHEMA, aiMigrations } from './ai.tables.js';

export const service: ServiceDefinition = { name: 'ai', module: AiModule, database: { schema: AI_SCHEMA, migrations: aiMigrations } };
