import type { Environment } from './environment.js';

/** The one place where a process's own environment enters. */
export const processEnvironment = (): Environment => process.env;
