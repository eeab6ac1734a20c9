import { readFileSync } from 'node:fs';

const WAIT_MS = 5_000;

/**
 * Ends the server that a killed platform left running on a directory: two servers on one directory would spoil it. Does
 * nothing when the pid file's process is gone or has nothing to do with the directory.
 */
export async function endOrphan(pidFile: string, directory: string, signal: NodeJS.Signals): Promise<void> {
  const pid = orphanOf(pidFile, directory);
  if (pid === null) return;
  process.kill(pid, signal);
  const end = Date.now() + WAIT_MS;
  while (orphanOf(pidFile, directory) === pid && Date.now() < end) await new Promise((resolve) => setTimeout(resolve, 50));
}

function orphanOf(pidFile: string, directory: string): number | null {
  try {
    const pid = Number(readFileSync(pidFile, 'utf8').split('\n')[0]);
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(directory) ? pid : null;
  } catch {
    return null; // no pid file, no such process, or no /proc
  }
}
