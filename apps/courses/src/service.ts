import type { ServiceDefinition } from '@tecnocursos/nest-kit';
import { CoursesModule } from './courses.module.js';
import { COURSES_SCHEMA, coursesMigrations } from './courses.tables.js';

export const service: ServiceDefinition = {
  name: 'courses',
  module: CoursesModule,
  database: { schema: COURSES_SCHEMA, migrations: coursesMigrations },
};
