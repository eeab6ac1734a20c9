import { Injectable } from '@nestjs/common';

/** The time, as everything in identity reads it: tests turn its hands. */
@Injectable()
export class Clock {
  now(): Date {
    return new Date();
  }

  /** @param ms milliseconds from now; negative for the past. */
  in(ms: number): Date {
    return new Date(this.now().getTime() + ms);
  }
}
