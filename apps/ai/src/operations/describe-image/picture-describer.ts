import { Inject, Injectable } from '@nestjs/common';
import { AppError, type Block, type Document, type Language, type OutlineLesson } from '@tecnocursos/contracts';
import type { AiCaller } from '../../ai-caller.js';
import { AI_CONFIG, type AiConfig } from '../../ai.config.js';
import { blockLines } from '../untrusted.js';
import { DescribeImageService } from './describe-image.service.js';

type Picture = Extract<Block, { type: 'picture' }>;

/** Pictures of one lesson that are described; more are named in a warning. */
const MOST_PICTURES = 6;
/** Blocks before and after a picture that tell what it is about. */
const NEIGHBOURS = 2;
const LONGEST_CONTEXT = 2_000;

export interface DescribedDocument {
  readonly document: Document;
  readonly warnings: readonly string[];
}

/** Gives pictures without alternative text one, where a live vendor that sees is there; a simulated one would invent it. */
@Injectable()
export class PictureDescriber {
  constructor(
    private readonly images: DescribeImageService,
    @Inject(AI_CONFIG) private readonly config: AiConfig,
  ) {}

  /** It never fails for want of a description: what could not be described is told in the warnings. */
  async described(document: Document, lesson: OutlineLesson, language: Language, caller: AiCaller): Promise<DescribedDocument> {
    if (this.config.describePictures === 'never' || caller.mode === 'test') return { document, warnings: [] };
    const wanting = document.blocks.flatMap((block, index) => (isWanting(block) && index >= lesson.first_block && index < lesson.end_block ? [{ block, index }] : []));
    if (wanting.length === 0) return { document, warnings: [] };
    const warnings = wanting.length > MOST_PICTURES ? [`Of ${wanting.length} pictures without alternative text the first ${MOST_PICTURES} were described.`] : [];
    const alts = await Promise.all(wanting.slice(0, MOST_PICTURES).map(({ block, index }) => this.altOf(document, block, index, language, caller, warnings)));
    const byIndex = new Map(wanting.map(({ index }, place) => [index, alts[place]]));
    const blocks = document.blocks.map((block, index): Block => (block.type === 'picture' && byIndex.get(index) !== undefined ? { ...block, alt: byIndex.get(index) ?? block.alt } : block));
    return { document: { ...document, blocks }, warnings: [...new Set(warnings)] };
  }

  private async altOf(document: Document, block: Picture, index: number, language: Language, caller: AiCaller, warnings: string[]): Promise<string | undefined> {
    const image = document.images.find(({ id }) => id === block.image_id);
    if (!image) return undefined;
    const context = blockLines(document, Math.max(0, index - NEIGHBOURS), index + NEIGHBOURS + 1).join('\n').slice(0, LONGEST_CONTEXT);
    const { idempotencyKey: _ofTheScript, ...own } = caller;
    try {
      const { value } = await this.images.describe({ key: image.key, language, context, accepts: ({ mode }) => mode === 'live' }, undefined, own);
      return value.alt;
    } catch (error) {
      if (caller.signal.aborted || !(error instanceof AppError)) throw error;
      // Nobody live is the usual case, and nothing to tell.
      if (error.code !== 'provider_unavailable') warnings.push(`A picture without alternative text could not be described: ${error.code}.`);
      return undefined;
    }
  }
}

const isWanting = (block: Block): block is Picture => block.type === 'picture' && block.alt.trim() === '' && (block.caption ?? '').trim() === '';
