import { Inject, Injectable } from '@nestjs/common';
import type { ServiceName } from '@tecnocursos/contracts';
import { Clock } from '../clock.js';
import { PRIVACY_CONFIG } from '../identity.tokens.js';
import type { PrivacyConfig } from './privacy.config.js';

const HOUR_MS = 3_600_000;
const SHORTEST_PAUSE_MS = 2_000;
const SECOND_PASS_MS = 45_000;
const LONGEST_PAUSE_MS = 900_000;

/** Whom jobs ask, when they are tried again, and when they give up. */
@Injectable()
export class PrivacyTimes {
  constructor(
    private readonly clock: Clock,
    @Inject(PRIVACY_CONFIG) private readonly config: PrivacyConfig,
  ) {}

  get services(): readonly ServiceName[] {
    return this.config.IDENTITY_PRIVACY_SERVICES;
  }

  ofNewJob(): { created_at: Date; next_attempt_at: Date; gives_up_at: Date } {
    const now = this.clock.now();
    return { created_at: now, next_attempt_at: now, gives_up_at: this.clock.in(this.config.IDENTITY_PRIVACY_GIVE_UP_HOURS * HOUR_MS) };
  }

  /** Milliseconds from the end of an organization until everybody is asked once more; the edge remembers sessions and keys for half a minute. */
  get secondPassMs(): number {
    return SECOND_PASS_MS;
  }

  isOver(givesUpAt: Date): boolean {
    return givesUpAt <= this.clock.now();
  }

  /** Milliseconds until the next attempt: twice as long each time, up to a quarter of an hour. */
  pauseMs(attempts: number): number {
    return Math.min(SHORTEST_PAUSE_MS * 2 ** Math.min(attempts - 1, 20), LONGEST_PAUSE_MS);
  }

  inDays(days: number): Date {
    return this.clock.in(days * 24 * HOUR_MS);
  }
}
