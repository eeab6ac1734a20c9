export { startNatsServer, type TestNatsServer } from './nats-server.js';
export { createTestRuntime, type TestRuntime } from './test-runtime.js';
