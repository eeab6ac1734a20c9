import { AppError, MAX_UPLOAD_BYTES, newId } from '@tecnocursos/contracts';
import type { FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { readFilesForm } from './upload-form.js';
import { type UploadService } from './upload.service.js';

export interface StoredFormOptions<S extends z.ZodObject> {
  readonly schema: S;
  readonly maxFiles: number;
  /** Where the files are stored. */
  readonly folder: string;
  /** What their content types must be like. */
  readonly contentType: RegExp;
}

/** Forms whose files become stored objects, of which the work that follows gets the keys. */
export class StoredForms {
  constructor(private readonly uploads: UploadService) {}

  /** The files stay when the work succeeds; nothing of them is left when it does not. */
  async with<S extends z.ZodObject, T>(
    request: FastifyRequest, { schema, maxFiles, folder, contentType }: StoredFormOptions<S>, work: (fields: z.output<S>, keys: readonly string[]) => Promise<T>,
  ): Promise<T> {
    const keys: string[] = [];
    try {
      const { fields } = await readFilesForm(request, {
        schema, maxFiles, limitBytes: MAX_UPLOAD_BYTES,
        store: (stream, name) => {
          if (!contentType.test(name.contentType)) throw new AppError('unsupported_media_type', `file: "${name.contentType}" is not taken here.`, { issues: [{ field: 'file', message: `Send a file whose content type fits ${contentType.source}.` }] });
          const key = `${folder}/${newId()}`;
          keys.push(key);
          return this.uploads.store(key, stream, name);
        },
      });
      return await work(fields, keys);
    } catch (error) {
      await Promise.all(keys.map((key) => this.uploads.remove(key, request.scope)));
      throw error;
    }
  }
}
