/** Requests of each tenant that are under way in this process. */
export class TenantConcurrency {
  private readonly underWay = new Map<string, number>();

  constructor(private readonly limit: number) {}

  /** Whether there is room for one more; then it counts until `leave`. */
  enter(tenantId: string): boolean {
    const count = this.underWay.get(tenantId) ?? 0;
    if (count >= this.limit) return false;
    this.underWay.set(tenantId, count + 1);
    return true;
  }

  leave(tenantId: string): void {
    const count = (this.underWay.get(tenantId) ?? 1) - 1;
    if (count === 0) this.underWay.delete(tenantId);
    else this.underWay.set(tenantId, count);
  }
}
