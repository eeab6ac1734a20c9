import type { Readable } from 'node:stream';
import { AppError, parseOrThrow } from '@tecnocursos/contracts';
import type { FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { tooLarge } from './upload.service.js';

/** Stores the part `file`, wherever it stands among the fields. */
export type StoreFile<T> = (file: Readable, name: { filename: string; contentType: string }) => Promise<T>;

export interface UploadForm<S extends z.ZodObject, T> {
  fields: z.output<S>;
  file: T;
}

export interface FilesForm<S extends z.ZodObject, T> {
  fields: z.output<S>;
  /** One at least. */
  files: T[];
}

export interface FormOptions<S extends z.ZodObject, T> {
  /** Of the fields beside the part `file`. */
  readonly schema: S;
  readonly limitBytes: number;
  readonly store: StoreFile<T>;
}

/** Room for the fields and the boundaries around the file. */
const ENVELOPE_BYTES = 256 * 1024;

/** Reads a multipart body with one file. */
export async function readUploadForm<S extends z.ZodObject, T>(request: FastifyRequest, options: FormOptions<S, T>): Promise<UploadForm<S, T>> {
  const { fields, files } = await readFilesForm(request, { ...options, maxFiles: 1 });
  return { fields, file: files[0] as T };
}

/** Reads a multipart body part by part, and leaves at the first part that is not wanted. */
export async function readFilesForm<S extends z.ZodObject, T>(
  request: FastifyRequest, { schema, limitBytes, maxFiles, store }: FormOptions<S, T> & { readonly maxFiles: number },
): Promise<FilesForm<S, T>> {
  if (Number(request.headers['content-length'] ?? 0) > limitBytes * maxFiles + ENVELOPE_BYTES) throw tooLarge();
  const fields = new Map<string, unknown>();
  const files: T[] = [];
  try {
    for await (const part of request.parts()) {
      if (part.type === 'file') {
        if (part.fieldname !== 'file') throw refused(part.fieldname, 'Unknown field; send the file as the part "file".');
        if (files.length === maxFiles) throw refused('file', maxFiles === 1 ? 'Send one file.' : `Send ${maxFiles} files at most.`);
        files.push(await store(part.file, { filename: part.filename, contentType: contentTypeOf(part.mimetype) }));
      } else {
        checkField(part, fields, schema);
        fields.set(part.fieldname, part.value);
      }
    }
  } catch (error) {
    // The rest of the body is read and thrown away, so that the client gets to read the answer.
    request.raw.unpipe();
    request.raw.resume();
    throw isMalformed(error) ? refused('(body)', 'Send multipart/form-data, whole and with its boundary.') : error;
  }
  if (files.length === 0) throw refused('file', 'Send it as the part "file" of the form, with a file name.');
  return { fields: parseOrThrow(schema, Object.fromEntries(fields)), files };
}

const PARSER_COMPLAINT = /^(?:Unexpected end of (?:multipart data|form|file)|Part terminated early|Multipart: |Boundary|Malformed )/u;

/** The parser's complaints about the client's bytes come without a code, and may have passed through the upload. */
function isMalformed(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return error instanceof AppError ? isMalformed(error.cause) : PARSER_COMPLAINT.test(error.message);
}

function checkField(part: { fieldname: string; valueTruncated: boolean }, seen: ReadonlyMap<string, unknown>, schema: z.ZodObject): void {
  const { fieldname, valueTruncated } = part;
  if (fieldname === 'file') throw refused('file', 'Send it as a file, with a file name.');
  if (!Object.hasOwn(schema.shape, fieldname)) throw refused(fieldname, 'Unknown field; remove it.');
  if (seen.has(fieldname)) throw refused(fieldname, 'Send it once.');
  if (valueTruncated) throw refused(fieldname, 'The value is too long.');
}

const contentTypeOf = (given: string): string => (/^[\w.+-]+\/[\w.+-]+$/.test(given) && given.length <= 200 ? given : 'application/octet-stream');

const refused = (field: string, message: string): AppError => new AppError('invalid_request', `${field}: ${message}`, { issues: [{ field, message }] });
