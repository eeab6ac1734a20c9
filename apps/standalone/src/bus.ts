import { join } from 'node:path';
import { startNatsServer, type NatsServer, type NatsServerTls } from '@tecnocursos/engines';
import { busUserEntries, makeSeeds, prepareStreams, seedsInFolder, type BusAddress, type BusLostError, type BusSeeds } from '@tecnocursos/messaging';
import { asConfiguration, busAddressOf, busNotices, ConfigurationError, PlatformConfigSchema, readConfig, scrubbed, type Environment, type Logger } from '@tecnocursos/nest-kit';
import { StandaloneConfigSchema, type StandaloneConfig } from './standalone.config.js';

/** The broker that a launched platform talks over, and how its services reach it. */
export interface PlatformBus {
  readonly address: BusAddress;
  /** Null when the broker is somebody else's. */
  readonly broker: NatsServer | null;
  /** Folder with the seed of every user; absent on a broker that asks for none. */
  readonly seedFolder?: string;
}

export interface BusEvents {
  readonly onBrokerExit: (reason: string) => void;
  readonly onLost?: (error: BusLostError) => void;
}

/**
 * The broker given by NATS_URL, or one of our own, on which nobody does anything without the key of a user.
 * @throws ConfigurationError for keys or certificates that are missing or do not belong together.
 */
export async function startBus(environment: Environment, directory: string, logger: Logger, events: BusEvents): Promise<PlatformBus> {
  const config = readConfig(StandaloneConfigSchema, environment);
  const seedFolder = seedFolderOf(config, environment, directory);
  const seeds = seedFolder === undefined ? undefined : scrubbed(config.NATS_URL === undefined ? makeSeeds(seedFolder) : seedsInFolder(seedFolder));
  const users = seeds && asConfiguration(() => busUserEntries(seeds));
  const given = addressOf(environment, seeds);
  const tls = serverTls(config);
  const broker = config.NATS_URL === undefined
    ? await startNatsServer({ directory: join(directory, 'nats'), ...(users && { users }), ...(tls && { tls }), onExit: events.onBrokerExit })
    : null;
  const address: BusAddress = { ...given, ...busNotices(logger), ...(broker && { url: broker.url }), ...(events.onLost && { onLost: events.onLost }) };
  try {
    if (seeds) await prepareStreams(address);
    return { address, broker, ...(seedFolder !== undefined && { seedFolder }) };
  } catch (error) {
    await broker?.stop();
    throw error;
  }
}

/** One seed cannot be that of every service. */
function seedFolderOf(config: StandaloneConfig, environment: Environment, directory: string): string | undefined {
  const single = ['NATS_NKEY_SEED', 'NATS_NKEY_SEED_FILE'].filter((name) => environment[name]);
  if (single.length > 0) throw new ConfigurationError(single.map((name) => `${name}: is for a process of one service; give NATS_NKEY_DIR, which has a seed for each`));
  return config.NATS_NKEY_DIR ?? (config.NATS_URL === undefined ? join(directory, 'nats', 'users') : undefined);
}

const addressOf = (environment: Environment, seeds: BusSeeds | undefined): BusAddress => busAddressOf(readConfig(PlatformConfigSchema, environment), seeds);

function serverTls({ NATS_SERVER_TLS_CERT_FILE: certFile, NATS_SERVER_TLS_KEY_FILE: keyFile, NATS_SERVER_TLS_CLIENT_CA_FILE: clientCaFile }: StandaloneConfig): NatsServerTls | undefined {
  if (certFile !== undefined && keyFile !== undefined) return { certFile, keyFile, ...(clientCaFile !== undefined && { clientCaFile }) };
  if (certFile === undefined && keyFile === undefined && clientCaFile === undefined) return undefined;
  throw new ConfigurationError(['NATS_SERVER_TLS_CERT_FILE and NATS_SERVER_TLS_KEY_FILE: give both; NATS_SERVER_TLS_CLIENT_CA_FILE goes with them']);
}
