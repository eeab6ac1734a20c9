import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import type { PeriodicTask } from '@tecnocursos/messaging';
import { loggedTask, LOGGER, type Logger } from '@tecnocursos/nest-kit';
import { AccountRepository } from './accounts/account.repository.js';
import { AttemptLimiter } from './accounts/attempt-limiter.service.js';
import { OneTimeTokenRepository } from './accounts/one-time-token.repository.js';
import { InvitationRepository } from './organizations/invitation.repository.js';
import { SweepTimes } from './sweep-times.js';
import { SessionRepository } from './tokens/session.repository.js';

const EVERY_MS = 300_000;

/** Deletes what is over: tokens, counters, sessions, invitations, accounts that nobody confirmed. Replicas may do it at once. */
@Injectable()
export class Housekeeping implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly task: PeriodicTask;

  constructor(
    @Inject(LOGGER) logger: Logger,
    private readonly tokens: OneTimeTokenRepository,
    private readonly limiter: AttemptLimiter,
    private readonly sessions: SessionRepository,
    private readonly invitations: InvitationRepository,
    private readonly accounts: AccountRepository,
    private readonly times: SweepTimes,
  ) {
    this.task = loggedTask('housekeeping', logger, { everyMs: EVERY_MS, run: () => this.run() });
  }

  onApplicationBootstrap(): void {
    this.task.start();
  }

  async onModuleDestroy(): Promise<void> {
    await this.task.stop();
  }

  async run(): Promise<void> {
    const { successorsBefore, sessionsBefore, unverifiedBefore } = this.times.now();
    await this.tokens.sweep();
    await this.limiter.sweep();
    await this.invitations.sweep();
    await this.sessions.sweep(successorsBefore, sessionsBefore);
    await this.accounts.deleteUnverified(unverifiedBefore);
  }
}
