import { randomUUID } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { nkeys } from '@nats-io/transport-node';
import { AppError, BUS_USERS, type BusUser } from '@tecnocursos/contracts';
import { permissionsOf, type BusPermissions } from './bus-permissions.js';

/** The private halves of the users' keys. They are asked for at every connect, so that a seed that was changed counts at the next one. */
export interface BusSeeds {
  /** @throws AppError `invalid_request`, which names the file or variable at fault and never what is in it. */
  seedOf(user: BusUser): Uint8Array;
}

/** What the broker's configuration has of a user. */
export interface BusUserEntry {
  readonly name: BusUser;
  readonly publicKey: string;
  readonly permissions: BusPermissions;
}

const SEED = /^SU[A-Z2-7]{56}$/;

/** @param source names the seed in an error: a variable, or a file's path. */
export function parseSeed(text: string, source: string): Uint8Array {
  const seed = new TextEncoder().encode(text.trim());
  try {
    if (!SEED.test(text.trim())) throw new Error('not of the form of a seed');
    nkeys.fromSeed(seed);
    return seed;
  } catch {
    throw new AppError('invalid_request', `${source}: is not the seed of a user key; it begins with SU, and "npm run nats:users" makes one.`);
  }
}

/** One seed for whoever connects: a process of one service. */
export const seedOfProcess = (seed: Uint8Array): BusSeeds => ({ seedOf: () => seed });

/** A file with one seed. */
export const seedInFile = (path: string): BusSeeds => ({ seedOf: () => readSeed(path) });

/** A folder with `<user>.nk` for every user. */
export const seedsInFolder = (folder: string): BusSeeds => ({ seedOf: (user) => readSeed(seedPath(folder, user)) });

export const seedPath = (folder: string, user: BusUser): string => join(folder, `${user}.nk`);

/** Makes the seeds that the folder does not have yet, each in a file that its owner alone can read. Another process may do the same at the same time. */
export function makeSeeds(folder: string): BusSeeds {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  for (const user of BUS_USERS) makeSeed(seedPath(folder, user));
  return seedsInFolder(folder);
}

/** The file appears whole or not at all. */
function makeSeed(path: string): void {
  const scratch = `${path}.${randomUUID()}`;
  writeFileSync(scratch, `${new TextDecoder().decode(nkeys.createUser().getSeed())}\n`, { mode: 0o600, flag: 'wx' });
  try {
    linkSync(scratch, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    rmSync(scratch);
  }
}

function readSeed(path: string): Uint8Array {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (cause) {
    throw new AppError('invalid_request', `${path}: cannot be read; "npm run nats:users -- --directory <folder>" makes the seeds of all users.`, { cause });
  }
  return parseSeed(text, path);
}

export const publicKeyOf = (seed: Uint8Array): string => nkeys.fromSeed(seed).getPublicKey();

/** Every user with its public key and what it may do: nothing of it is secret. */
export const busUserEntries = (seeds: BusSeeds): BusUserEntry[] =>
  BUS_USERS.map((name) => ({ name, publicKey: publicKeyOf(seeds.seedOf(name)), permissions: permissionsOf(name) }));
