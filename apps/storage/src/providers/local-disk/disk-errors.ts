import { AppError } from '@tecnocursos/contracts';

export const errnoOf = (error: unknown): string | undefined => (error as NodeJS.ErrnoException | null)?.code;

const ABSENCE = new Set(['ENOENT', 'ENOTDIR', 'ELOOP', 'ENAMETOOLONG']);
/** The file system's ways to say that there is no such file; ELOOP: it is a symbolic link, which we do not follow. */
export const isAbsence = (error: unknown): boolean => ABSENCE.has(errnoOf(error) ?? '');

const FULL = new Set(['ENOSPC', 'EDQUOT']);
const OCCUPIED = new Set(['EISDIR', 'ENOTDIR', 'ENOTEMPTY', 'EEXIST']);

/** What a failed write means to the caller. */
export function asWriteError(error: unknown): unknown {
  const code = errnoOf(error) ?? '';
  if (FULL.has(code)) return new AppError('unavailable', 'The storage is full.', { retryAfterS: 60, cause: error });
  if (OCCUPIED.has(code)) return new AppError('conflict', 'A folder and an object cannot have the same key.', { cause: error });
  return error;
}
