import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { AppError, sendMessage } from '@tecnocursos/contracts';
import { RpcClient, type PeriodicTask } from '@tecnocursos/messaging';
import { loggedTask, LOGGER, type Logger } from '@tecnocursos/nest-kit';
import { Clock } from '../clock.js';
import { SealBrokenError } from '../vault/envelope.js';
import { MailRepository, type StoredMail } from './mail.repository.js';

const EVERY_MS = 5_000;
const BATCH = 20;
const LONGEST_PAUSE_MS = 600_000;

/** Hands committed letters to `notifications`. Replicas may hand over the same one: its key sends it once. */
@Injectable()
export class MailRelay implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly task: PeriodicTask;

  constructor(
    private readonly mails: MailRepository,
    private readonly rpc: RpcClient,
    private readonly clock: Clock,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {
    this.task = loggedTask('mail', logger, { everyMs: EVERY_MS, run: () => this.relay() });
  }

  onApplicationBootstrap(): void {
    this.task.start();
  }

  /** After a commit: the letter leaves at once. */
  kick(): void {
    this.task.kick();
  }

  async onModuleDestroy(): Promise<void> {
    await this.task.stop();
  }

  private async relay(): Promise<void> {
    for (;;) {
      const mails = await this.mails.due(BATCH);
      for (const mail of mails) await this.send(mail);
      if (mails.length < BATCH) return;
    }
  }

  private async send(mail: StoredMail): Promise<void> {
    if (mail.drop_at <= this.clock.now()) return this.mails.remove(mail.id);
    try {
      await this.rpc.call(sendMessage, await this.mails.open(mail), { tenantId: mail.tenant_id });
      await this.mails.remove(mail.id);
    } catch (error) {
      if (isFinal(error)) {
        this.logger.warn({ err: error, mail: mail.id }, 'a letter cannot be sent and is dropped');
        return this.mails.remove(mail.id);
      }
      const pauseMs = Math.min(EVERY_MS * 2 ** mail.attempts, LONGEST_PAUSE_MS);
      await this.mails.postpone(mail.id, mail.attempts + 1, this.clock.in(pauseMs));
    }
  }
}

const isFinal = (error: unknown): boolean => error instanceof SealBrokenError || (error instanceof AppError && error.status < 500 && !error.retryable && error.code !== 'canceled');
