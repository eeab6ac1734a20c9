/** Retries may be a tenth of the calls: when everything fails, retrying everything would double the load on what is sick. */
export class RetryBudget {
  private tokens: number;

  constructor(
    private readonly share = 0.1,
    private readonly capacity = 10,
  ) {
    this.tokens = capacity;
  }

  /** A first attempt was made. */
  earn(): void {
    this.tokens = Math.min(this.capacity, this.tokens + this.share);
  }

  /** Whether a retry may be made now. */
  spend(): boolean {
    if (this.tokens < 1) return false;
    this.tokens -= 1;
    return true;
  }
}
