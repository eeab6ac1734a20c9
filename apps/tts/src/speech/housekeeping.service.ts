import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import type { PeriodicTask } from '@tecnocursos/messaging';
import { ENVIRONMENT, loggedTask, LOGGER, readConfig, type Environment, type Logger } from '@tecnocursos/nest-kit';
import { TtsConfigSchema } from '../tts.config.js';
import { CLOCK } from '../tts.tokens.js';
import { AudioStore } from './audio-store.js';
import { SpeechRepository } from './speech.repository.js';

const EVERY_MS = 600_000;
const FIRST_MS = 30_000;
const DAY_MS = 86_400_000;
const ROUND = 200;

/** Removes speech that nobody has asked for in a long time. */
@Injectable()
export class Housekeeping implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly days: number;
  private readonly task: PeriodicTask;

  constructor(
    private readonly speeches: SpeechRepository,
    private readonly store: AudioStore,
    @Inject(LOGGER) logger: Logger,
    @Inject(ENVIRONMENT) environment: Environment,
    @Inject(CLOCK) private readonly now: () => number,
  ) {
    this.days = readConfig(TtsConfigSchema, environment).TTS_CACHE_DAYS;
    this.task = loggedTask('housekeeping', logger, {
      firstMs: FIRST_MS, everyMs: EVERY_MS,
      run: async () => {
        await this.removeUnused();
      },
    });
  }

  onApplicationBootstrap(): void {
    this.task.start();
  }

  async onModuleDestroy(): Promise<void> {
    await this.task.stop();
  }

  /** Tells how many were removed. */
  async removeUnused(): Promise<number> {
    const unused = await this.speeches.takeUnused(new Date(this.now() - this.days * DAY_MS), ROUND);
    for (const [tenantId, of] of Map.groupBy(unused, (speech) => speech.tenantId)) await this.store.remove(tenantId, of.map(({ key }) => key));
    return unused.length;
  }
}
