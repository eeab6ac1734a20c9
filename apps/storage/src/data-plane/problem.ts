import { AppError, ERROR_CODES, type ErrorCode } from '@tecnocursos/contracts';

/** RFC 9457. */
export interface Problem {
  type: 'about:blank';
  title: string;
  status: number;
  code: ErrorCode;
  detail: string;
}

export const PROBLEM_TYPE = 'application/problem+json';

export function toProblem(error: unknown): Problem {
  const known = error instanceof AppError ? error : new AppError('internal', 'Something failed on our side; it is in our logs.');
  const { status, title } = ERROR_CODES[known.code];
  return { type: 'about:blank', title, status, code: known.code, detail: known.detail };
}
