export { LeasedBudgets } from './budgets/leased-budgets.js';
export { callerOf, routeOf, servedByOf } from './caller.js';
export { createIdempotencyTable, IdempotencyRepository, type IdempotencyTable } from './idempotency-table.js';
export { domainConfigSchema, IntegrationConfigSchema } from './integration.config.js';
export { integrationModule, type IntegrationOptions } from './integration.module.js';
export { UsageJournal, type UsageJournalOptions } from './ledger/usage-journal.js';
export { createProviderSet, type ProviderSet, type ProviderSetOptions } from './provider-set.js';
export { KeptAnswers } from './kept-answers.js';
