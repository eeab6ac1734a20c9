export { service } from './service.js';
export { startSandbox, type RunningSandbox, type StartOptions } from './sandbox.starter.js';
