/** Injection tokens of what the kit gives to every service. */
export const LOGGER = Symbol('LOGGER');
export const BUS = Symbol('BUS');
/** `Kysely` handle on the service's own schema. */
export const SCHEMA = Symbol('SCHEMA');
export const ENVIRONMENT = Symbol('ENVIRONMENT');
