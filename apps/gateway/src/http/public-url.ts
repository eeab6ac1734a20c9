/** How browsers reach the gateway; known for sure only when it listens, because its port may be any free one. */
export class PublicUrl {
  private base = '';

  set(base: string): void {
    this.base = base;
  }

  of(path: '' | `/${string}`): string {
    return this.base + path;
  }
}
