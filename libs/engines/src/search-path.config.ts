import { delimiter } from 'node:path';

/** Folders that programs are looked for in, as the shell would. */
export const searchPath = (): string[] => (process.env['PATH'] ?? '').split(delimiter);
