import { inspect } from 'node:util';

const REDACTED = '[redacted]';
/** Shorter values are words, too. */
const MIN_LENGTH = 6;

/** A value that prints as `[redacted]`; whoever needs it says so with `reveal()`. */
export class Secret {
  readonly #value: string;

  /** How the value may stand in the words of others; nothing for values that are too short to be told from words. */
  readonly #forms: readonly string[];

  constructor(value: string) {
    this.#value = value;
    this.#forms = value.length < MIN_LENGTH ? [] : formsOf(value);
  }

  get forms(): readonly string[] {
    return this.#forms;
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

function formsOf(value: string): string[] {
  const bytes = Buffer.from(value);
  const base64 = bytes.toString('base64');
  return [...new Set([value, encodeURIComponent(value), base64, base64.replace(/=+$/, ''), bytes.toString('base64url')])];
}

/** Takes secrets out of a text that others wrote, such as a vendor's error message. */
export function scrub(text: string, secrets: readonly Secret[]): string {
  let clean = text;
  for (const secret of secrets) {
    for (const form of secret.forms) clean = clean.replaceAll(form, REDACTED);
  }
  return clean;
}
