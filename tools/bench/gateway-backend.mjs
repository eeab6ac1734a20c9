// The services behind the gateway, as one process. Arguments: url of the broker, data directory, API key.
import { service as billing } from '@tecnocursos/billing';
import { service as identity } from '@tecnocursos/identity';
import { createLogger, Metrics, startService } from '@tecnocursos/nest-kit';
import { Database } from '@tecnocursos/persistence';

const [url, directory, apiKey] = process.argv.slice(2);
const database = await Database.open({ kind: 'pglite', directory });
const runtime = {
  environment: { IDENTITY_BOOTSTRAP_API_KEY: apiKey },
  logger: createLogger({ LOG_LEVEL: 'error', LOG_FORMAT: 'json', NODE_ENV: 'production' }),
  metrics: new Metrics(),
  bus: { url },
  database: async () => database,
};
await startService(identity, runtime);
await startService(billing, runtime);
process.send('ready');
