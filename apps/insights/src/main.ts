import { runService } from '@tecnocursos/nest-kit';
import { service } from './service.js';

await runService(service);
