import type { Environment } from './environment.js';

const CENSOR = '[redacted]';
/** A shorter value is a word that may stand in any line. */
const MIN_LENGTH = 8;
const SECRET_NAME = /(?:^|_)(?:KEY|KEYS|SECRET|SECRETS|TOKEN|TOKENS|PASSWORD|PASS|CREDENTIALS|CREDENTIAL|PIN|NKEY_SEED)$/;
const NAME_OF_A_FILE = /_FILE$/;
const URL_NAME = /_(?:URL|DSN|URI)$/;

/** What a secret looks like, wherever it comes from: our API keys and refresh tokens, keys of vendors, and tokens in three parts. */
const SHAPES = /\b(?:tc_(?:live_|test_)?[A-Za-z0-9_-]{43}|tcr_[A-Za-z0-9_-]{43}|[srp]k[-_][A-Za-z0-9_-]{16,}|whsec_[A-Za-z0-9+/=_-]{16,}|gh[pousr]_[A-Za-z0-9]{20,}|xox[abpr]-[A-Za-z0-9-]{10,}|eyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{4,}(?:\.[A-Za-z0-9_-]*)?)/g;
const URL_PASSWORD = /(:\/\/[^\s:/@"]{0,64}:)[^\s:/@"]{4,}@/g;

/** Hashes of the first four characters of each secret: a line is compared with the secrets themselves only where one of them may begin. */
class Beginnings {
  private readonly marks = new Uint8Array(1 << 16);

  add(text: string): void {
    let hash = 0;
    for (let at = 0; at < 4; at += 1) hash = (hash << 8) ^ text.charCodeAt(at);
    this.marks[slotOf(hash)] = 1;
  }

  mayBeIn(line: string): boolean {
    const { marks } = this;
    let hash = 0;
    for (let at = 0; at < line.length; at += 1) {
      hash = (hash << 8) ^ line.charCodeAt(at);
      if (marks[slotOf(hash)] === 1) return true;
    }
    return false;
  }
}

const slotOf = (hash: number): number => Math.imul(hash, 0x9e3779b1) >>> 16;

/**
 * Takes secrets out of log lines by their value, in whatever field, message or stack they stand. Paths alone cannot: an error of an HTTP client has the key in its text. One
 * registry serves a process, because its services share one log.
 */
export class SecretScrubber {
  private readonly values = new Set<string>();
  private readonly beginnings = new Beginnings();
  private known: readonly string[] = [];

  /** Registers the values of variables that hold secrets by their name, and passwords inside addresses. */
  addFrom(environment: Environment): void {
    for (const [name, value] of Object.entries(environment)) {
      if (value === undefined || NAME_OF_A_FILE.test(name)) continue;
      if (SECRET_NAME.test(name)) for (const part of value.split(',')) this.add(part.trim());
      if (URL_NAME.test(name) && URL.canParse(value)) this.add(decodeURIComponent(new URL(value).password));
    }
  }

  /** Registers one secret, in every form in which it may meet a line. */
  add(secret: string): void {
    if (secret.length < MIN_LENGTH) return;
    const before = this.values.size;
    for (const form of [secret, JSON.stringify(secret).slice(1, -1), encodeURIComponent(secret), Buffer.from(secret).toString('base64'), Buffer.from(secret).toString('base64url')]) {
      this.values.add(form);
      this.beginnings.add(form);
    }
    // The longest first: a secret that is a part of another one must not leave the rest of that behind.
    if (this.values.size > before) this.known = [...this.values].sort((one, other) => other.length - one.length);
  }

  /** The line without secrets. */
  scrub(line: string): string {
    const clean = (this.beginnings.mayBeIn(line) ? this.withoutKnown(line) : line).replace(SHAPES, CENSOR);
    return clean.includes('://') ? clean.replace(URL_PASSWORD, `$1${CENSOR}@`) : clean;
  }

  private withoutKnown(line: string): string {
    let clean = line;
    for (const value of this.known) if (clean.includes(value)) clean = clean.replaceAll(value, CENSOR);
    return clean;
  }
}

/** Of this process: `startService` and the gateway register their environment, and who reads a tenant's secrets registers them. */
export const liveSecrets = new SecretScrubber();
