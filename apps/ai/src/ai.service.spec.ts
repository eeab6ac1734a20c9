import { describe, expect, it } from '@jest/globals';
import { AppError, createOutline, generateQuiz, generateScript, parseOrThrow } from '@tecnocursos/contracts';
import { BlobStore } from '@tecnocursos/nest-kit';
import type { z } from 'zod';
import { AiService } from './ai.service.js';
import { LocalCourseAuthor } from './providers/local/local-course-author.js';
import { FOTOSSINTESE } from './providers/local/testing/photosynthesis.fixture.js';

class StoredObjects extends BlobStore {
  constructor(private readonly objects: Readonly<Record<string, unknown>>) {
    super(undefined as never);
  }

  override async getJson<S extends z.ZodType>(key: string, schema: S): Promise<z.output<S>> {
    if (!(key in this.objects)) throw new AppError('not_found', `Nothing is stored as ${key}.`);
    return schema.parse(JSON.parse(JSON.stringify(this.objects[key])));
  }
}

const KEY = 'courses/1/document.json';
const signal = new AbortController().signal;
const service = new AiService(new StoredObjects({ [KEY]: FOTOSSINTESE }), new LocalCourseAuthor());
const request = { document_key: KEY, language: 'pt-BR' } as const;

describe('the ai service', () => {
  it('answers as its contracts say, and says who answered', async () => {
    const outlined = parseOrThrow(createOutline.reply, await service.outline(parseOrThrow(createOutline.request, request), signal));
    const [lesson] = outlined.outline.lessons;
    const scripted = parseOrThrow(generateScript.reply, await service.script(parseOrThrow(generateScript.request, { ...request, course_title: outlined.outline.title, lesson, lesson_count: 1 }), signal));
    const quizzed = parseOrThrow(generateQuiz.reply, await service.quiz(parseOrThrow(generateQuiz.request, { ...request, lesson }), signal));
    expect(quizzed.questions).toHaveLength(5);
    for (const { served_by: servedBy } of [outlined, scripted, quizzed]) expect(servedBy).toEqual({ provider: 'local', simulated: false, attempts: 1, cost: { amount_micros: 0, currency: 'USD' } });
  });

  it('says when the document is not there', async () => {
    await expect(service.outline(parseOrThrow(createOutline.request, { ...request, document_key: 'courses/2/document.json' }), signal)).rejects.toMatchObject({ code: 'not_found' });
  });
});
