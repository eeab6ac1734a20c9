import type { ServiceDefinition } from '@tecnocursos/nest-kit';
import { smtpProbe } from './notifications.health.js';
import { NotificationsModule } from './notifications.module.js';
import { NOTIFICATIONS_SCHEMA, notificationsMigrations } from './notifications.tables.js';
import { MESSAGE_TRANSPORT } from './notifications.tokens.js';
import type { MessageTransport } from './ports/message-transport.port.js';

export const service: ServiceDefinition = {
  name: 'notifications',
  module: NotificationsModule,
  database: { schema: NOTIFICATIONS_SCHEMA, migrations: notificationsMigrations },
  probes: (resolve) => [smtpProbe(resolve<MessageTransport>(MESSAGE_TRANSPORT))],
};
