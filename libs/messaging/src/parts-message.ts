/** Characters after which a message takes no more parts: far below what a broker lets pass. */
const FULL = 64 * 1024;

/** Parts of a stream that travel together: as many as come before the message leaves. */
export class PartsMessage {
  private readonly parts: string[] = [];
  private length = 0;
  private taken = false;

  constructor(first: unknown) {
    this.add(first);
  }

  /** False when the part needs a message of its own. */
  add(part: unknown): boolean {
    if (this.taken || this.length > FULL) return false;
    const text = JSON.stringify(part);
    this.length += text.length;
    this.parts.push(text);
    return true;
  }

  /** The body, once the message leaves. */
  take(): string {
    this.taken = true;
    return `[${this.parts.join(',')}]`;
  }
}
