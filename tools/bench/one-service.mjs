// Services as one process. Arguments: names of the apps with commas, url of the broker, data directory, environment as JSON.
import { createLogger, Metrics, startService } from '@tecnocursos/nest-kit';
import { Database } from '@tecnocursos/persistence';

const [names, url, directory, environment] = process.argv.slice(2);
let database;
const runtime = {
  environment: JSON.parse(environment),
  logger: createLogger({ LOG_LEVEL: 'error', LOG_FORMAT: 'json', NODE_ENV: 'production' }),
  metrics: new Metrics(),
  bus: { url },
  database: () => (database ??= Database.open({ kind: 'pglite', directory })),
};
for (const name of names.split(',')) {
  const { service } = await import(`../../apps/${name}/dist/index.js`);
  await startService(service, runtime);
}
process.send('ready');
