/** Identical work that comes while it is being done waits for it, in place of being done twice. */
export class SingleFlight<Value> {
  private readonly underWay = new Map<string, Promise<Value>>();

  /** The work under way for a key, if there is any. */
  current(key: string): Promise<Value> | undefined {
    return this.underWay.get(key);
  }

  lead(key: string, work: () => Promise<Value>): Promise<Value> {
    const promise = work().finally(() => {
      if (this.underWay.get(key) === promise) this.underWay.delete(key); // another may lead by now
    });
    promise.catch(() => undefined); // followers may all have left; the leader has its own handle
    this.underWay.set(key, promise);
    return promise;
  }
}
