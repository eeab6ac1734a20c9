// The gateway as a process of its own. Argument: url of the broker.
import { start } from '@tecnocursos/gateway';
import { createLogger, Metrics } from '@tecnocursos/nest-kit';

const gateway = await start({
  // One sender stands for two vendors with many machines.
  environment: { PORT: '0', STORAGE_INTERNAL_URL: 'http://127.0.0.1:9', RATE_LIMIT_ADDRESS_RPM: '0', NODE_ENV: 'production' },
  logger: createLogger({ LOG_LEVEL: 'error', LOG_FORMAT: 'json', NODE_ENV: 'production' }),
  metrics: new Metrics(),
  bus: { url: process.argv[2] },
  database: () => Promise.reject(new Error('the gateway has no database')),
});
process.on('disconnect', () => process.exit(0));
process.send({ url: gateway.url });
