import type { AppError } from '@tecnocursos/contracts';
import { z } from 'zod';
import { ProblemSchema } from '../http/problem.js';

const OpenAiErrorSchema = z.object({ message: z.string(), type: z.string(), param: z.string().nullable(), code: z.string() });
export type OpenAiError = z.infer<typeof OpenAiErrorSchema>;

/** Our problem document with the member `error` of OpenAI's API. */
export const OpenAiProblemSchema = ProblemSchema.extend({ error: OpenAiErrorSchema });

const TYPE_BY_STATUS: Readonly<Record<number, string>> = { 400: 'invalid_request_error', 401: 'authentication_error', 402: 'insufficient_quota', 403: 'permission_error', 404: 'not_found_error', 422: 'invalid_request_error', 429: 'rate_limit_error' };

/** The member `error` that OpenAI's clients read; it stands beside the members of our problem document. */
export const openAiError = ({ detail, status, code, issues }: AppError): OpenAiError => ({
  message: detail, type: TYPE_BY_STATUS[status] ?? 'api_error', param: issues[0]?.field ?? null, code,
});
