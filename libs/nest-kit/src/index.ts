import 'reflect-metadata';

export { BlobStore } from './blob-store.js';
export { ConfigurationError, readConfig, type Environment } from './environment.js';
export { serviceHealth, type HealthProbe, type NamedProbe } from './health.js';
export { createLogger, NestLogger, type Logger } from './logger.js';
export { Metrics } from './metrics.js';
export { startOpsServer, type OpsServer } from './ops-server.js';
export { PlatformConfigSchema, type PlatformConfig } from './platform.config.js';
export { busOptions, onceStopped, runProcess, runService } from './process.js';
export { processEnvironment } from './process-environment.config.js';
export { Semaphore } from './semaphore.js';
export { startService, type Resolve, type RunningService, type ServiceDefinition, type ServiceRuntime } from './service.js';
export { BUS, ENVIRONMENT, LOGGER, SCHEMA } from './tokens.js';
