export { configureProvider, sandboxed, variablesOf, type DocumentedVariable, type ProviderConfiguration, type SandboxAccess, type VariableSource } from './config/provider-variables.js';
export { DEFAULT_KNOBS, KNOBS, type ProviderKnobs } from './config/knobs.js';
export { FAILURE_KINDS, FAILURE_RULES, kindOfStatus, ProviderFailure, type FailureKind, type FailureOptions, type FailureRule } from './failure.js';
export { FREE, PriceTable, type PriceRow } from './pricing/price-table.js';
export { defineProvider, type ProviderDefinition, type ProviderMode, type ProviderNotice, type ProviderRuntime, type ProviderSettings } from './provider.js';
export { retryAfterMs } from './retry-after.js';
export { scrub, Secret } from './secret.js';
