import { type AppError, ERROR_CODES, type ErrorCode, type FieldIssue } from '@tecnocursos/contracts';
import { z } from 'zod';

export const PROBLEM_CONTENT_TYPE = 'application/problem+json';
const PROBLEM_TYPE = 'https://tecnocursos.dev/problems/';

/** RFC 9457, with our stable `code`, the request's id, and the fields at fault. */
export const ProblemSchema = z.object({
  type: z.url().meta({ description: `${PROBLEM_TYPE}<code>` }),
  title: z.string(),
  status: z.int().min(400).max(599),
  detail: z.string().meta({ description: 'what is wrong with this request and how to mend it' }),
  code: z.enum(Object.keys(ERROR_CODES) as [ErrorCode, ...ErrorCode[]]).meta({ description: 'stable: programs decide by it' }),
  instance: z.string().meta({ description: 'path of the request' }),
  request_id: z.string(),
  errors: z.array(z.object({ field: z.string(), message: z.string() })).meta({ description: 'one entry for each field at fault' }),
});
export type Problem = z.infer<typeof ProblemSchema>;

export interface ProblemAddress {
  /** May have a query: it is cut off, because queries carry secrets. */
  url: string;
  requestId: string;
}

export function toProblem(error: AppError, { url, requestId }: ProblemAddress): Problem {
  const { status, title } = ERROR_CODES[error.code];
  const instance = pathOf(url);
  const errors: FieldIssue[] = error.issues;
  return { type: PROBLEM_TYPE + error.code, title, status, detail: error.detail, code: error.code, instance, request_id: requestId, errors };
}

export function pathOf(url: string): string {
  const end = url.indexOf('?');
  return end === -1 ? url : url.slice(0, end);
}

/** Headers that come with a problem, besides those of every answer. */
export function problemHeaders(error: AppError): Record<string, string> {
  return {
    'content-type': PROBLEM_CONTENT_TYPE,
    ...(error.retryAfterS !== undefined && { 'retry-after': String(Math.max(1, Math.ceil(error.retryAfterS))) }),
    ...(error.status === 401 && { 'www-authenticate': challenge(error.code) }),
  };
}

const challenge = (code: ErrorCode): string =>
  code === 'api_key_missing' ? 'Bearer realm="tecnocursos"' : 'Bearer realm="tecnocursos", error="invalid_token"';
