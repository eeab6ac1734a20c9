import { inspect } from 'node:util';

const REDACTED = '[redacted]';

/** A value that prints as `[redacted]`; whoever needs it says so with `reveal()`. */
export class Secret {
  readonly #value: string;

  constructor(value: string) {
    this.#value = value;
  }

  reveal(): string {
    return this.#value;
  }

  toString(): string {
    return REDACTED;
  }

  toJSON(): string {
    return REDACTED;
  }

  [inspect.custom](): string {
    return REDACTED;
  }
}

const MIN_LENGTH = 6;

/** Takes secrets out of a text that others wrote, such as a vendor's error message. */
export function scrub(text: string, secrets: readonly Secret[]): string {
  let clean = text;
  for (const secret of secrets) {
    const value = secret.reveal();
    if (value.length >= MIN_LENGTH) clean = clean.replaceAll(value, REDACTED).replaceAll(encodeURIComponent(value), REDACTED);
  }
  return clean;
}
