import type { BusConnection } from '@tecnocursos/messaging';

/** Whether the bus is connected at this moment; the connection itself reconnects for ever. */
export class BusLink {
  private connected = true;

  constructor(connection: BusConnection) {
    void this.watch(connection);
  }

  get isConnected(): boolean {
    return this.connected;
  }

  private async watch(connection: BusConnection): Promise<void> {
    for await (const { type } of connection.status()) {
      if (type === 'disconnect') this.connected = false;
      else if (type === 'reconnect') this.connected = true;
    }
    this.connected = false;
  }
}
