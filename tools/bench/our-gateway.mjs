// The gateway as a process of its own. Argument: url of the broker.
import { start } from '@tecnocursos/gateway';
import { createLogger, Metrics } from '@tecnocursos/nest-kit';

// The limits are at work, and never reached.
const MANY = '10000000';
const gateway = await start({
  environment: { PORT: '0', STORAGE_INTERNAL_URL: 'http://127.0.0.1:9', NODE_ENV: 'production', RATE_LIMIT_KEY_RPM: MANY, RATE_LIMIT_ADDRESS_RPM: MANY },
  logger: createLogger({ LOG_LEVEL: 'info', LOG_FORMAT: 'json', NODE_ENV: 'production' }),
  metrics: new Metrics(),
  bus: { url: process.argv[2] },
  database: () => Promise.reject(new Error('the gateway has no database')),
});
process.send({ url: gateway.url });
