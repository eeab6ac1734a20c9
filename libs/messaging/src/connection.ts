import { accessSync, constants } from 'node:fs';
import { AuthorizationError, connect, createInbox, nkeyAuthenticator, PermissionViolationError, type ConnectionOptions, type NatsConnection } from '@nats-io/transport-node';
import { AppError, BUS_USERS, type BusUser } from '@tecnocursos/contracts';
import type { BusSeeds } from './bus-credentials.js';
import { BusLostError, BusPermissionError } from './bus-errors.js';
import { inboxPrefixOf } from './bus-permissions.js';

/** Paths of PEM files, read again at every connect. */
export interface BusTls {
  /** Authorities that the broker's certificate is checked with; those of the system when absent. */
  caFile?: string;
  /** The client's own certificate, for brokers that ask for one. */
  certFile?: string;
  keyFile?: string;
}

/** How a process reaches the broker, whichever of its services connects. */
export interface BusAddress {
  /** `nats://host:port`, or `tls://host:port` where nothing may go unencrypted; several separated by commas. */
  url: string;
  token?: string;
  /** Each service connects as its own user; absent: without a user, to a broker that asks for none. */
  seeds?: BusSeeds;
  tls?: BusTls;
  /** The broker is not reached yet, for this reason; told now and then while a first connect waits. */
  onWaiting?: (reason: unknown) => void;
  /** The connection is closed for good, and its owner hears nothing any more. Never called when it was closed on purpose. */
  onLost?: (error: BusLostError) => void;
  /** The broker refused a message or a subscription: a subject is missing in `BUS_ACCESS`, or the broker's configuration is older than the code. */
  onRefused?: (error: BusPermissionError) => void;
}

export interface BusOptions extends BusAddress {
  /** The user to connect as; shown by the broker, and in its logs. */
  name: string;
  /** Ends the waiting for a broker that has not been reached yet. */
  signal?: AbortSignal;
}

export type BusConnection = NatsConnection;

const RETRY_MS = 250;
/** A broker that refuses our certificate only falls silent. */
const CONNECT_LIMIT_MS = 5_000;
const ATTEMPTS_A_NOTICE = 40;
/** Of OpenSSL and Node, about certificates and handshakes. */
const TLS_CODE = /^(?:ERR_(?:TLS|SSL|OSSL)|CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO|HOSTNAME_MISMATCH|INVALID_CA)/;

/**
 * A connection that waits for the broker at start and reconnects for ever; a half-open socket is noticed within 20 s.
 * @throws BusLostError when waiting is of no use: the broker does not know the user, or one of the two does not accept the other's certificate.
 */
export async function connectBus(options: BusOptions): Promise<BusConnection> {
  const settings = settingsOf(options);
  for (let attempt = 0; ; attempt += 1) {
    try {
      const connection = await connect(settings);
      void tellOfEnd(connection, options);
      if (options.onRefused) onRefusal(connection, options.onRefused);
      return connection;
    } catch (error) {
      if (error instanceof AppError) throw error;
      if (isFinal(error)) throw new BusLostError(options.name, error);
      options.signal?.throwIfAborted();
      if (attempt % ATTEMPTS_A_NOTICE === 0) options.onWaiting?.(error);
      await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
    }
  }
}

/** @throws AppError `invalid_request` for a file that cannot be read. */
function settingsOf({ name, url, token, tls, seeds }: BusOptions): ConnectionOptions {
  for (const path of Object.values(tls ?? {})) requireReadable(path);
  const user = seeds && userNamed(name);
  return {
    servers: url.split(','),
    name,
    ...(token !== undefined && { token }),
    ...(user && { authenticator: nkeyAuthenticator(() => seeds.seedOf(user)), inboxPrefix: inboxPrefixOf(user) }),
    ...((tls !== undefined || url.includes('tls://')) && { tls: { ...tls } }),
    timeout: CONNECT_LIMIT_MS,
    maxReconnectAttempts: -1,
    reconnectTimeWait: RETRY_MS,
    pingInterval: 10_000,
    maxPingOut: 2,
    noAsyncTraces: true,
  };
}

function requireReadable(path: string): void {
  try {
    accessSync(path, constants.R_OK);
  } catch (cause) {
    throw new AppError('invalid_request', `${path}: cannot be read; NATS_TLS_CA_FILE, NATS_TLS_CERT_FILE and NATS_TLS_KEY_FILE name PEM files.`, { cause });
  }
}

function isFinal(error: unknown): error is Error {
  const { code, message } = error as Partial<NodeJS.ErrnoException>;
  return error instanceof AuthorizationError || TLS_CODE.test(code ?? '') || message?.includes("does not support 'tls'") === true;
}

const optionsOf = (connection: BusConnection): ConnectionOptions => (connection as unknown as { options?: ConnectionOptions }).options ?? {};

/** A subject that nobody but the connection's user may listen on, when it has one. */
export const newInbox = (connection: BusConnection): string => createInbox(optionsOf(connection).inboxPrefix ?? '_INBOX');

/** The name that the connection was made under. */
export const nameOf = (connection: BusConnection): string => optionsOf(connection).name ?? 'this process';

function userNamed(name: string): BusUser {
  const user = BUS_USERS.find((known) => known === name);
  if (user === undefined) throw new Error(`${name} is no user of the bus: BUS_USERS lists them`);
  return user;
}

async function tellOfEnd(connection: BusConnection, { name, onLost }: BusOptions): Promise<void> {
  const error = await connection.closed();
  if (error) onLost?.(new BusLostError(name, error));
}

/** Told of everything that the broker refuses to the connection, for as long as it lives. */
export function onRefusal(connection: BusConnection, tell: (error: BusPermissionError) => void): void {
  void (async () => {
    for await (const status of connection.status()) {
      if (status.type === 'error' && status.error instanceof PermissionViolationError) tell(new BusPermissionError(nameOf(connection), status.error));
    }
  })();
}
