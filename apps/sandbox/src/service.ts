import type { ServiceDefinition } from '@tecnocursos/nest-kit';
import { SandboxModule } from './sandbox.module.js';

export const service: ServiceDefinition = { name: 'sandbox', module: SandboxModule };
