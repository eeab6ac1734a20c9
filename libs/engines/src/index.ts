export { freePort, waitForPort } from './free-port.js';
export { natsAuthorization, natsTls, type NatsServerTls, type NatsUser } from './nats-config.js';
export { startNatsServer, type NatsServer, type NatsServerOptions } from './nats-server.js';
export { startPostgresServer, type PostgresServer, type PostgresServerOptions } from './postgres-server.js';
export { findProgram, installHint, programVersion, PROGRAMS, requireProgram, type ProgramName } from './programs.js';
export { runProgram, type RunOptions, type RunResult } from './run-program.js';
export { SupervisedProcess, type SupervisedOptions } from './supervised-process.js';
