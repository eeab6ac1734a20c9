import { connect, type NatsConnection } from '@nats-io/transport-node';

export interface BusOptions {
  /** `nats://host:port`, several separated by commas. */
  url: string;
  /** Shown by the broker, and in its logs. */
  name: string;
  token?: string;
}

export type BusConnection = NatsConnection;

/** A connection that waits for the broker at start and reconnects for ever; a half-open socket is noticed within 20 s. */
export async function connectBus(options: BusOptions): Promise<BusConnection> {
  return connect({
    servers: options.url.split(','),
    name: options.name,
    ...(options.token !== undefined && { token: options.token }),
    waitOnFirstConnect: true,
    maxReconnectAttempts: -1,
    reconnectTimeWait: 250,
    pingInterval: 10_000,
    maxPingOut: 2,
    noAsyncTraces: true,
  });
}
