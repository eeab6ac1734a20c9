import 'reflect-metadata';

export { BlobStore } from './blob-store.js';
export { ConfigurationError, readConfig, type Environment } from './environment.js';
export { serviceHealth, type HealthProbe, type NamedProbe } from './health.js';
export { createLogger, NestLogger, type Logger } from './logger.js';
export { Metrics } from './metrics.js';
export { startOpsServer, type OpsServer } from './ops-server.js';
export { OutboundHttpConfigSchema, type OutboundHttpConfig } from './outbound-http/outbound-http.config.js';
export { OutboundFailure, type OutboundFailureKind } from './outbound-http/outbound-failure.js';
export { OutboundHttp, type OutboundAnswer, type OutboundFile, type OutboundHttpOptions, type OutboundRequest } from './outbound-http/outbound-http.client.js';
export { type OutboundPolicy } from './outbound-http/outbound-policy.js';
export { isPublicAddress } from './outbound-http/public-address.js';
export { PlatformConfigSchema, type PlatformConfig } from './platform.config.js';
export { busOptions, onceStopped, runProcess, runService } from './process.js';
export { processEnvironment } from './process-environment.config.js';
export { Semaphore } from './semaphore.js';
export { startService, type Resolve, type RunningService, type ServiceDefinition, type ServiceRuntime } from './service.js';
export { BUS, ENVIRONMENT, LOGGER, SCHEMA } from './tokens.js';
