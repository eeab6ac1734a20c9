export { Database, type DatabaseOptions } from './database.js';
export { embeddedVersion } from './embedded-version.js';
export { lockDirectory } from './directory-lock.js';
export { isUniqueViolation, migrate, type Migrations } from './migrations.js';
export { createOutboxTable, enqueue, lockKey, Outbox, type OutboxMessage, type OutboxTable } from './outbox.js';
export { mentionsAny } from './mentions.js';
export { JobTable, type JobColumns, type JobState, type JobTimes } from './job-table.js';
