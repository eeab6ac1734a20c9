import { PeriodicTask, type PeriodicTaskOptions } from '@tecnocursos/messaging';
import type { Logger } from '../logger.js';

/** A periodic task whose failures are logged under its name. */
export const loggedTask = (name: string, logger: Logger, options: Omit<PeriodicTaskOptions, 'onError'>): PeriodicTask =>
  new PeriodicTask({ ...options, onError: (error) => logger.warn({ err: error, task: name }, 'a periodic task failed; it will be tried again') });
