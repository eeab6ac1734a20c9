// For a nats-server that is not the platform's own: makes the key of every user that has none yet, and prints what the server's configuration needs of them.
// The seeds stay in the folder, each in a file that its owner alone can read; what is printed has public keys only.
//   npm run --silent nats:users -- --directory nats-users > users.conf      and in the server's configuration: include users.conf
//   npm run nats:users -- --directory nats-users --streams --url tls://nats:4222   makes the streams, or changes those of an older version, as the user admin
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { natsAuthorization } from '@tecnocursos/engines';
import { busUserEntries, makeSeeds, prepareStreams, seedsInFolder } from '@tecnocursos/messaging';
import { busAddressOf, PlatformConfigSchema, processEnvironment, readConfig } from '@tecnocursos/nest-kit';

const { values: flags } = parseArgs({
  options: { directory: { type: 'string', default: 'nats-users' }, streams: { type: 'boolean', default: false }, url: { type: 'string' } },
});

try {
  const folder = resolve(flags.directory);
  const seeds = flags.streams ? seedsInFolder(folder) : makeSeeds(folder);
  if (flags.streams) {
    const config = readConfig(PlatformConfigSchema, { ...processEnvironment(), ...(flags.url && { NATS_URL: flags.url }) });
    await prepareStreams({ ...busAddressOf(config, seeds), onWaiting: (reason) => process.stderr.write(`${config.NATS_URL} is not reached yet: ${reason.message}\n`) });
    process.stderr.write(`The streams stand on ${config.NATS_URL}.\n`);
  } else {
    process.stdout.write(natsAuthorization(busUserEntries(seeds)));
    process.stderr.write(`Seeds: ${folder}/<service>.nk. Give each service its own as NATS_NKEY_SEED_FILE, and nobody another's.\n`);
  }
} catch (error) {
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
}
