import type { ServiceDefinition } from '@tecnocursos/nest-kit';
import { AiModule } from './ai.module.js';

export const service: ServiceDefinition = { name: 'ai', module: AiModule };
