import { Injectable } from '@nestjs/common';
import { Semaphore } from '@tecnocursos/nest-kit';
import { currentContext } from '@tecnocursos/messaging';
import { hashPassword, verifyPassword } from './password-hash.js';

/** Each takes 19 MiB and 25 ms of a core: more at a time would not be quicker. */
const AT_A_TIME = 4;
const NEVER = new AbortController().signal;

/** Password hashing, a few at a time in one process. */
@Injectable()
export class Passwords {
  private readonly places = new Semaphore(AT_A_TIME);

  hash(password: string): Promise<string> {
    return this.places.run(() => hashPassword(password), currentContext()?.signal ?? NEVER);
  }

  /** @param stored null: takes as long, and is never right. */
  verify(password: string, stored: string | null): Promise<boolean> {
    return this.places.run(() => verifyPassword(password, stored), currentContext()?.signal ?? NEVER);
  }
}
