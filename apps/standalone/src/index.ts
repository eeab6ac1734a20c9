export { startDistributed, type AppName, type DistributedPlatform } from './distributed.js';
export { startStandalone, type RunningPlatform } from './standalone.js';
