import { Inject, Module, type OnApplicationShutdown } from '@nestjs/common';
import { RpcClient } from '@tecnocursos/messaging';
import { ENVIRONMENT, LOGGER, readConfig, RetentionTask, SCHEMA, SUBJECT_DATA, subjectControllerOf, type Environment } from '@tecnocursos/nest-kit';
import { MessageRepository } from './message.repository.js';
import { MessageService, SEND_TIMING_DEFAULTS } from './message.service.js';
import { openMessageTransport } from './message-transport.factory.js';
import { NotificationsConfigSchema, type NotificationsConfig } from './notifications.config.js';
import { NotificationsRpcController } from './notifications.rpc-controller.js';
import { MESSAGE_TRANSPORT, NOTIFICATIONS_CONFIG, SEND_TIMING } from './notifications.tokens.js';
import type { MessageTransport } from './ports/message-transport.port.js';
import { createMessageRetention } from './privacy/message-retention.js';
import { MessageSubjects } from './privacy/message-subjects.service.js';
import { MailboxStore } from './providers/mailbox/mailbox.store.js';

@Module({
  controllers: [NotificationsRpcController, subjectControllerOf('notifications')],
  providers: [
    { provide: NOTIFICATIONS_CONFIG, inject: [ENVIRONMENT], useFactory: (environment: Environment) => readConfig(NotificationsConfigSchema, environment) },
    { provide: MailboxStore, inject: [NOTIFICATIONS_CONFIG], useFactory: (config: NotificationsConfig) => new MailboxStore(config.MAILBOX_DIR) },
    { provide: MESSAGE_TRANSPORT, inject: [NOTIFICATIONS_CONFIG, MailboxStore], useFactory: openMessageTransport },
    { provide: SEND_TIMING, useValue: SEND_TIMING_DEFAULTS },
    MessageRepository,
    MessageService,
    { provide: SUBJECT_DATA, useClass: MessageSubjects },
    { provide: RetentionTask, inject: [SCHEMA, MailboxStore, RpcClient, LOGGER], useFactory: createMessageRetention },
  ],
})
export class NotificationsModule implements OnApplicationShutdown {
  constructor(@Inject(MESSAGE_TRANSPORT) private readonly transport: MessageTransport) {}

  async onApplicationShutdown(): Promise<void> {
    await this.transport.close();
  }
}
