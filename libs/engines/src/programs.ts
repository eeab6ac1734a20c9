import { execFile } from 'node:child_process';
import { accessSync, constants, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { AppError } from '@tecnocursos/contracts';
import { searchPath } from './search-path.config.js';

/** Programs that npm does not ship. `packages` names them for the reader's system. */
export const PROGRAMS = {
  'nats-server': { purpose: 'the message bus', versionArgs: ['-v'], packages: { debian: 'nats-server', brew: 'nats-server' } },
  ffmpeg: { purpose: 'video and audio', versionArgs: ['-version'], packages: { debian: 'ffmpeg', brew: 'ffmpeg' } },
  ffprobe: { purpose: 'looking into media files', versionArgs: ['-version'], packages: { debian: 'ffmpeg', brew: 'ffmpeg' } },
  'espeak-ng': { purpose: 'the local voices', versionArgs: ['--version'], packages: { debian: 'espeak-ng', brew: 'espeak-ng' } },
  postgres: { purpose: 'the database of the distributed mode', versionArgs: ['--version'], packages: { debian: 'postgresql', brew: 'postgresql' } },
  initdb: { purpose: 'making a PostgreSQL cluster', versionArgs: ['--version'], packages: { debian: 'postgresql', brew: 'postgresql' } },
} as const;

export type ProgramName = keyof typeof PROGRAMS;

/** Absolute path of a program on PATH (PostgreSQL's also where Debian hides them), or null. */
export function findProgram(name: ProgramName): string | null {
  for (const folder of [...searchPath(), ...debianPostgresFolders()]) {
    const candidate = join(folder, name);
    try {
      accessSync(candidate, constants.X_OK);
      return candidate;
    } catch {
      continue;
    }
  }
  return null;
}

function debianPostgresFolders(): string[] {
  const root = '/usr/lib/postgresql';
  try {
    return readdirSync(root).sort((a, b) => Number(b) - Number(a)).map((version) => join(root, version, 'bin'));
  } catch {
    return [];
  }
}

export function installHint(name: ProgramName): string {
  const { packages } = PROGRAMS[name];
  return `Install it: "apt-get install ${packages.debian}" on Debian and Ubuntu, "brew install ${packages.brew}" on macOS; then start again.`;
}

/** @throws AppError `engine_missing`, with how to install it. */
export function requireProgram(name: ProgramName): string {
  const path = findProgram(name);
  if (path !== null) return path;
  throw new AppError('engine_missing', `${name} (${PROGRAMS[name].purpose}) is not installed. ${installHint(name)}`);
}

/** First line that the program prints of its version; null when it is missing or does not run. */
export async function programVersion(name: ProgramName): Promise<string | null> {
  const path = findProgram(name);
  if (path === null) return null;
  try {
    const { stdout, stderr } = await promisify(execFile)(path, PROGRAMS[name].versionArgs, { timeout: 5_000 });
    return (stdout || stderr).split('\n')[0]?.trim() ?? null;
  } catch {
    return null;
  }
}
