import { runProcess } from '@tecnocursos/nest-kit';
import { start } from './gateway.js';

await runProcess('gateway', start);
