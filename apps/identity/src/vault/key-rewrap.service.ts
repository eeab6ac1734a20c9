import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import type { PeriodicTask } from '@tecnocursos/messaging';
import { loggedTask, LOGGER, type Logger } from '@tecnocursos/nest-kit';
import { SecretVault } from './secret-vault.service.js';

const EVERY_MS = 600_000;

/**
 * Wraps data keys with the current master key, when an earlier one still wraps some: an operator who gives a new master key and keeps
 * the old one in IDENTITY_PREVIOUS_MASTER_KEYS has nothing else to do. Replicas that do it together do each key once.
 */
@Injectable()
export class KeyRewrap implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly task: PeriodicTask;

  constructor(@Inject(LOGGER) logger: Logger, vault: SecretVault) {
    const run = async (): Promise<void> => {
      const { rewrapped, failed } = await vault.rewrap();
      if (rewrapped > 0) logger.info({ rewrapped }, 'data keys are wrapped with the current master key');
      if (failed > 0) logger.error({ failed }, 'data keys do not open: keep their master key in IDENTITY_PREVIOUS_MASTER_KEYS');
    };
    this.task = loggedTask('key-rewrap', logger, { everyMs: EVERY_MS, run });
  }

  onApplicationBootstrap(): void {
    this.task.start();
    this.task.kick();
  }

  async onModuleDestroy(): Promise<void> {
    await this.task.stop();
  }
}
