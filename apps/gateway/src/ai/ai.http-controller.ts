import { Controller } from '@nestjs/common';
import {
  AppError, analyzeContent, createOutline, describeImage, generateQuiz, generateScript, improveText, MAX_UPLOAD_BYTES, moderateContent, newId, translateText,
  type OutlineLesson, type Routing,
} from '@tecnocursos/contracts';
import { Readable } from 'node:stream';
import type { FastifyRequest } from 'fastify';
import { BusService } from '../bus/bus.service.js';
import type { InputOf, SuccessOf } from '../http/operation.js';
import { Operation, type Exchange } from '../http/operation.decorator.js';
import { readUploadForm } from '../uploads/upload-form.js';
import { UploadService } from '../uploads/upload.service.js';
import {
  analyzeContentOperation, describeImageOperation, generateQuizOperation, generateScriptOperation, improveTextOperation, moderateContentOperation, structureContentOperation,
  translateTextOperation,
} from './ai.operations.js';
import { narrationMinutes, structureOf } from './content-structure.js';
import { DocumentRequestService, type ReadableDocument } from './document-request.service.js';

@Controller()
export class AiHttpController {
  constructor(
    private readonly bus: BusService,
    private readonly documents: DocumentRequestService,
    private readonly uploads: UploadService,
  ) {}

  @Operation(structureContentOperation)
  structure(input: InputOf<typeof structureContentOperation>, { request }: Exchange): Promise<SuccessOf<typeof structureContentOperation>> {
    return this.documents.serve(request, input.body, structureContentOperation.form, async (document, { title, lesson_minutes, audience, ...fields }) => {
      const language = fields.language ?? document.language;
      const { outline, warnings = [], served_by } = await this.bus.call(createOutline, {
        document_key: document.document_key, language, lesson_minutes, ...(title !== undefined && { title }), ...(audience !== undefined && { audience }), ...routed(fields),
      });
      return { structure: structureOf(outline, language), warnings: [...document.warnings, ...warnings], served_by };
    });
  }

  @Operation(generateScriptOperation)
  script(input: InputOf<typeof generateScriptOperation>, { request }: Exchange): Promise<SuccessOf<typeof generateScriptOperation>> {
    return this.documents.serve(request, input.body, generateScriptOperation.form, async (document, { style, audience, target_minutes, ...fields }) => {
      const language = fields.language ?? document.language;
      const title = fields.title ?? document.title;
      const { slides, warnings = [], served_by } = await this.bus.call(generateScript, {
        document_key: document.document_key, language, course_title: title, lesson: wholeDocument(document, title), lesson_count: 1,
        ...(style && { style }), ...(audience !== undefined && { audience }), ...(target_minutes !== undefined && { target_minutes }), ...routed(fields),
      });
      return { title, language, slides, estimated_minutes: narrationMinutes(slides, language), warnings: [...document.warnings, ...warnings], served_by };
    });
  }

  @Operation(generateQuizOperation)
  quiz(input: InputOf<typeof generateQuizOperation>, { request }: Exchange): Promise<SuccessOf<typeof generateQuizOperation>> {
    return this.documents.serve(request, input.body, generateQuizOperation.form, async (document, { count, ...fields }) => {
      const language = fields.language ?? document.language;
      const title = fields.title ?? document.title;
      const { questions, warnings = [], served_by } = await this.bus.call(generateQuiz, {
        document_key: document.document_key, language, lesson: wholeDocument(document, title), count, ...routed(fields),
      });
      return { title, language, questions, warnings: [...document.warnings, ...warnings], served_by };
    });
  }

  @Operation(improveTextOperation)
  improve({ body }: InputOf<typeof improveTextOperation>): Promise<SuccessOf<typeof improveTextOperation>> {
    return this.bus.call(improveText, body);
  }

  @Operation(analyzeContentOperation)
  analyze({ body }: InputOf<typeof analyzeContentOperation>): Promise<SuccessOf<typeof analyzeContentOperation>> {
    return this.bus.call(analyzeContent, body);
  }

  @Operation(moderateContentOperation)
  moderate({ body }: InputOf<typeof moderateContentOperation>): Promise<SuccessOf<typeof moderateContentOperation>> {
    return this.bus.call(moderateContent, body);
  }

  @Operation(translateTextOperation)
  translate({ body }: InputOf<typeof translateTextOperation>): Promise<SuccessOf<typeof translateTextOperation>> {
    return this.bus.call(translateText, body);
  }

  @Operation(describeImageOperation)
  async describe({ body }: InputOf<typeof describeImageOperation>, { request }: Exchange): Promise<SuccessOf<typeof describeImageOperation>> {
    const key = `uploads/${newId()}`;
    try {
      const { language, context, ...fields } = body ? await this.storeDataUrl(key, body) : await this.storePicture(key, request);
      return await this.bus.call(describeImage, { image_key: key, language, ...(context !== undefined && { context }), ...routed(fields) });
    } finally {
      void this.uploads.remove(key, request.scope);
    }
  }

  private async storeDataUrl<B extends { image: string }>(key: string, body: B): Promise<B> {
    const [head = '', base64 = ''] = body.image.split(',', 2);
    const contentType = head.slice('data:'.length, head.indexOf(';'));
    await this.uploads.store(key, Readable.from([Buffer.from(base64, 'base64')]), { filename: 'image', contentType });
    return body;
  }

  private async storePicture(key: string, request: FastifyRequest) {
    const { fields } = await readUploadForm(request, {
      schema: describeImageOperation.form, limitBytes: MAX_UPLOAD_BYTES,
      store: (stream, name) => {
        if (!/^image\/(png|jpeg|webp|gif)$/.test(name.contentType)) {
          throw new AppError('unsupported_media_type', 'Send a PNG, JPEG, WebP or GIF.', { issues: [{ field: 'file', message: 'Send a PNG, JPEG, WebP or GIF, with its content type.' }] });
        }
        return this.uploads.store(key, stream, name);
      },
    });
    return fields;
  }
}

const routed = ({ routing }: { routing?: Routing | undefined }): { routing?: Routing } => (routing ? { routing } : {});

/** A document that is one lesson. */
const wholeDocument = ({ blocks }: ReadableDocument, title: string): OutlineLesson => ({
  number: 1, title, first_block: 0, end_block: blocks, objectives: [], key_terms: [], summary: '', estimated_minutes: 1,
});

