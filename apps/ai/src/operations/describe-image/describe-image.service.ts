import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Language, Routing } from '@tecnocursos/contracts';
import { BlobStore } from '@tecnocursos/nest-kit';
import type { CandidateInfo, Served } from '@tecnocursos/provider-kit';
import type { AiCaller } from '../../ai-caller.js';
import { OperationRunner } from '../operation-runner.js';
import { MAX_PICTURE_BYTES, pictureType } from './picture-bytes.js';
import { picturePrompt, PictureDraftSchema, type PictureDraft } from './picture.prompt.js';

const ANSWER_TOKENS = 600;

export interface PictureWish {
  /** Key of the stored picture. */
  readonly key: string;
  readonly language: Language;
  /** Text around it. */
  readonly context?: string | undefined;
  /** Further condition on who may see it. */
  readonly accepts?: (provider: CandidateInfo) => boolean;
}

/** Describes stored pictures. */
@Injectable()
export class DescribeImageService {
  constructor(
    private readonly runner: OperationRunner,
    private readonly blobs: BlobStore,
  ) {}

  /** @throws AppError `not_found`, `payload_too_large`, `unsupported_media_type`. */
  async describe({ key, language, context, accepts }: PictureWish, routing: Routing | undefined, caller: AiCaller): Promise<Served<PictureDraft>> {
    const bytes = await this.blobs.getBytes(key, MAX_PICTURE_BYTES);
    const mediaType = pictureType(bytes, key);
    const { instructions, text } = picturePrompt(language, context);
    return this.runner.run<PictureDraft, PictureDraft>({
      operation: 'describe-image', caller, routing, cache: createHash('sha256').update(bytes).digest('base64url'),
      ...(accepts && { accepts }),
      task: {
        name: 'picture_description', schema: PictureDraftSchema, instructions, answerTokens: ANSWER_TOKENS,
        content: [{ type: 'text', text }, { type: 'image', source: { mediaType, base64: bytes.toString('base64') }, detail: 'auto' }],
        sense: (draft) => draft,
      },
    });
  }
}
