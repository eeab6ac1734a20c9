import { AppError } from '@tecnocursos/contracts';
import { parseSeed, publicKeyOf, seedInFile, seedOfProcess, type BusAddress, type BusSeeds } from '@tecnocursos/messaging';
import { ConfigurationError } from './environment.js';
import type { Logger } from './logger.js';
import type { PlatformConfig } from './platform.config.js';
import { liveSecrets } from './secret-scrubber.js';

/** How a process of one service reaches the broker. @throws ConfigurationError for a seed that is none, or files that do not belong together. */
export function busAddressOf(config: PlatformConfig, seeds: BusSeeds | undefined = seedsOf(config)): BusAddress {
  const { NATS_TLS_CA_FILE: caFile, NATS_TLS_CERT_FILE: certFile, NATS_TLS_KEY_FILE: keyFile } = config;
  if ((certFile === undefined) !== (keyFile === undefined)) throw new ConfigurationError(['NATS_TLS_CERT_FILE and NATS_TLS_KEY_FILE: give both, or none']);
  const tls = { ...(caFile !== undefined && { caFile }), ...(certFile !== undefined && { certFile }), ...(keyFile !== undefined && { keyFile }) };
  return {
    url: config.NATS_URL,
    ...(seeds ? { seeds } : config.NATS_TOKEN !== undefined && { token: config.NATS_TOKEN }),
    ...(Object.keys(tls).length > 0 && { tls }),
  };
}

/** Says in the log what the broker refuses, and why a start waits. */
export const busNotices = (logger: Logger): Pick<BusAddress, 'onRefused' | 'onWaiting'> => ({
  onRefused: (error) => logger.error({ err: error, user: error.user, operation: error.operation, subject: error.subject }, 'the broker refused'),
  onWaiting: (reason) => logger.warn({ reason: reason instanceof Error ? reason.message : String(reason) }, 'the broker is not reached yet'),
});

function seedsOf({ NATS_NKEY_SEED: seed, NATS_NKEY_SEED_FILE: path }: PlatformConfig): BusSeeds | undefined {
  if (seed !== undefined && path !== undefined) throw new ConfigurationError(['NATS_NKEY_SEED and NATS_NKEY_SEED_FILE: give one of them']);
  if (seed !== undefined) return checked(seedOfProcess(asConfiguration(() => parseSeed(seed, 'NATS_NKEY_SEED'))));
  return path === undefined ? undefined : checked(scrubbed(seedInFile(path)));
}

/** A seed that is no seed stops the start, and not a later connect. */
function checked(seeds: BusSeeds): BusSeeds {
  asConfiguration(() => publicKeyOf(seeds.seedOf('admin')));
  return seeds;
}

/** What is read from a file is kept out of the log like what stands in a variable. */
export const scrubbed = (seeds: BusSeeds): BusSeeds => ({
  seedOf: (user) => {
    const seed = seeds.seedOf(user);
    liveSecrets.add(new TextDecoder().decode(seed));
    return seed;
  },
});

export function asConfiguration<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw error instanceof AppError ? new ConfigurationError([error.detail]) : error;
  }
}
