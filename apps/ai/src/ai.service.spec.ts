import { describe, expect, it } from 'vitest';
import { createOutline, generateQuiz, generateScript, parseOrThrow } from '@tecnocursos/contracts';
import { FOTOSSINTESE } from './providers/local/testing/photosynthesis.fixture.js';
import { caller, LOCAL, testServices } from './testing/ai-chain.fixture.js';

const KEY = 'courses/1/document.json';
const { ai: service, records } = testServices([LOCAL], { [KEY]: FOTOSSINTESE });
const request = { document_key: KEY, language: 'pt-BR' } as const;

describe('the ai service', () => {
  it('answers as its contracts say, and says who answered', async () => {
    const outlined = parseOrThrow(createOutline.reply, await service.outline(parseOrThrow(createOutline.request, request), caller()));
    const [lesson] = outlined.outline.lessons;
    const scripted = parseOrThrow(generateScript.reply, await service.script(parseOrThrow(generateScript.request, { ...request, course_title: outlined.outline.title, lesson, lesson_count: 1 }), caller()));
    const quizzed = parseOrThrow(generateQuiz.reply, await service.quiz(parseOrThrow(generateQuiz.request, { ...request, lesson }), caller()));
    expect(quizzed.questions).toHaveLength(5);
    for (const { served_by: servedBy, warnings } of [outlined, scripted, quizzed]) {
      expect(servedBy).toMatchObject({ provider: 'local', simulated: false, attempts: 1, cost: { amount_micros: 0, currency: 'USD' } });
      expect(warnings).toEqual([]);
    }
    expect(records.map(({ operation, outcome }) => [operation, outcome])).toEqual([['structure-content', 'ok'], ['generate-script', 'ok'], ['generate-quiz', 'ok']]);
  });

  it('says when the document is not there', async () => {
    await expect(service.outline(parseOrThrow(createOutline.request, { ...request, document_key: 'courses/2/document.json' }), caller())).rejects.toMatchObject({ code: 'not_found' });
  });
});
