import { Readable } from 'node:stream';
import { deleteObjects, MAX_UPLOAD_BYTES, newId, readDocument, type ReplyOf } from '@tecnocursos/contracts';
import type { FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { type BusService } from '../bus/bus.service.js';
import { readUploadForm } from '../uploads/upload-form.js';
import { type UploadOwner, type UploadService } from '../uploads/upload.service.js';

export type ReadableDocument = ReplyOf<typeof readDocument>;

/** Bytes; a message of the bus holds a megabyte, and JSON may double what it carries. */
const LONGEST_TEXT_ON_THE_BUS = 128 * 1024;

/** Requests about a text or an uploaded file: what came is read into a stored document, worked on, and deleted again. */
export class DocumentRequestService {
  constructor(
    private readonly bus: BusService,
    private readonly uploads: UploadService,
  ) {}

  /** @param body absent when the request is a multipart form. */
  async serve<S extends z.ZodObject, T>(
    request: FastifyRequest, body: (z.output<S> & { text: string; title?: string | undefined }) | undefined, form: S, work: (document: ReadableDocument, fields: z.output<S>) => Promise<T>,
  ): Promise<T> {
    return body ? this.withText(request, body, (document) => work(document, body)) : this.withFile(request, form, work);
  }

  private async withText<T>({ scope }: FastifyRequest, { text, title }: { text: string; title?: string | undefined }, work: (document: ReadableDocument) => Promise<T>): Promise<T> {
    if (Buffer.byteLength(text) <= LONGEST_TEXT_ON_THE_BUS) {
      return this.working(scope, await this.bus.call(readDocument, { source: { type: 'text', text, ...(title !== undefined && { title }) } }), work);
    }
    return this.withUpload(scope, async (key) => this.uploads.store(key, Readable.from([Buffer.from(text)]), { filename: 'text.md', contentType: 'text/markdown' }), work);
  }

  private async withFile<S extends z.ZodObject, T>(request: FastifyRequest, schema: S, work: (document: ReadableDocument, fields: z.output<S>) => Promise<T>): Promise<T> {
    let fields: z.output<S> | undefined;
    return this.withUpload(
      request.scope,
      async (key) => {
        const form = await readUploadForm(request, { schema, limitBytes: MAX_UPLOAD_BYTES, store: (stream, name) => this.uploads.store(key, stream, name) });
        fields = form.fields;
        return form.file;
      },
      (document) => work(document, fields as z.output<S>),
    );
  }

  private async withUpload<T>(scope: UploadOwner, receive: (key: string) => Promise<{ filename: string }>, work: (document: ReadableDocument) => Promise<T>): Promise<T> {
    const key = `uploads/${newId()}`;
    try {
      const { filename } = await receive(key);
      return await this.working(scope, await this.bus.call(readDocument, { source: { type: 'upload', key, filename } }), work);
    } finally {
      void this.uploads.remove(key, scope);
    }
  }

  private async working<T>({ tenantId, requestId }: UploadOwner, document: ReadableDocument, work: (document: ReadableDocument) => Promise<T>): Promise<T> {
    const folder = document.document_key.slice(0, document.document_key.lastIndexOf('/'));
    try {
      return await work(document);
    } finally {
      // What cannot be deleted now is found by housekeeping.
      void this.bus.callApart(deleteObjects, { folder }, { tenantId, requestId }).catch(() => undefined);
    }
  }
}
