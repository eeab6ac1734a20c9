import { HttpException } from '@nestjs/common';
import { AppError, type ErrorCode } from '@tecnocursos/contracts';

const MAX_JSON = '1 MB';

/** Fastify's own codes that deserve a remedy. Source: https://fastify.dev/docs/latest/Reference/Errors/ and @fastify/multipart. */
const BY_FASTIFY_CODE: Readonly<Record<string, { code: ErrorCode; detail: string; field?: string }>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: { code: 'payload_too_large', detail: `A JSON body may have ${MAX_JSON} at most. Send long documents as a file.`, field: '(body)' },
  FST_ERR_CTP_INVALID_MEDIA_TYPE: { code: 'unsupported_media_type', detail: 'Send application/json, or multipart/form-data where a file is taken.' },
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: { code: 'invalid_request', detail: 'The body is not as long as Content-Length says.', field: 'content-length' },
  FST_ERR_CTP_INVALID_JSON_BODY: { code: 'invalid_request', detail: 'The body is not JSON.', field: '(body)' },
  FST_REQ_FILE_TOO_LARGE: { code: 'payload_too_large', detail: 'The file is too large.', field: 'file' },
  FST_FIELDS_LIMIT: { code: 'invalid_request', detail: 'The form has too many fields.', field: '(body)' },
  FST_PARTS_LIMIT: { code: 'invalid_request', detail: 'The form has too many parts.', field: '(body)' },
  FST_FILES_LIMIT: { code: 'invalid_request', detail: 'Send one file.', field: 'file' },
  FST_PROTO_VIOLATION: { code: 'invalid_request', detail: 'The form has a field with a forbidden name.', field: '(body)' },
  FST_INVALID_MULTIPART_CONTENT_TYPE: { code: 'unsupported_media_type', detail: 'Send multipart/form-data with a boundary.' },
};

const BY_STATUS: Readonly<Record<number, ErrorCode>> = {
  404: 'not_found', 405: 'method_not_allowed', 413: 'payload_too_large', 415: 'unsupported_media_type',
};

/** Errors of the frameworks in our codes; nothing of an unexpected error is shown. */
export function toAppError(error: unknown): AppError {
  if (error instanceof AppError) return error;
  const original = error instanceof HttpException && error.cause !== undefined ? error.cause : error;
  const known = BY_FASTIFY_CODE[property(original, 'code')];
  if (known) return withField(known, error);
  const status = error instanceof HttpException ? error.getStatus() : Number(property(original, 'statusCode'));
  if (status >= 400 && status < 500) return clientError(status, error);
  if (original instanceof SyntaxError && property(original, 'statusCode') === '400') return clientError(400, error);
  return new AppError('internal', 'Something failed on our side; it is in our logs under this request id.', { cause: error });
}

function clientError(status: number, cause: unknown): AppError {
  const code = BY_STATUS[status] ?? 'invalid_request';
  const message = cause instanceof Error ? cause.message : 'The request is not valid.';
  return new AppError(code, message, { cause, issues: code === 'invalid_request' ? [{ field: '(body)', message }] : [] });
}

function withField({ code, detail, field }: { code: ErrorCode; detail: string; field?: string }, cause: unknown): AppError {
  return new AppError(code, detail, { cause, issues: field === undefined ? [] : [{ field, message: detail }] });
}

function property(value: unknown, name: string): string {
  const found: unknown = typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;
  return typeof found === 'string' || typeof found === 'number' ? String(found) : '';
}
