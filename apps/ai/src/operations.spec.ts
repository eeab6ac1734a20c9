import { describe, expect, it } from 'vitest';
import {
  analyzeContent, createOutline, describeImage, generateQuiz, generateScript, improveText, moderateContent, parseOrThrow, translateText, type OutlineLesson, type RequestInput,
} from '@tecnocursos/contracts';
import { ProviderFailure } from '@tecnocursos/provider-kit';
import { documentOf, heading, paragraph, picture } from './providers/local/testing/document.fixture.js';
import { FOTOSSINTESE } from './providers/local/testing/photosynthesis.fixture.js';
import { caller, LOCAL, testServices, vendor } from './testing/ai-chain.fixture.js';
import { ObedientModel } from './testing/obedient-model.fixture.js';
import { ScriptedModel } from './testing/scripted-model.fixture.js';

const KEY = 'courses/1/document.json';
const OBJECTS = { [KEY]: FOTOSSINTESE };
const PNG = Buffer.from('89504e470d0a1a0a0000', 'hex');
const base = { document_key: KEY, language: 'pt-BR' } as const;
const LESSON: OutlineLesson = { number: 1, title: 'Luz', first_block: 0, end_block: 4, objectives: [], key_terms: [], summary: '', estimated_minutes: 1 };
const outlineRequest = (more: Partial<RequestInput<typeof createOutline>> = {}) => parseOrThrow(createOutline.request, { ...base, ...more });
const scriptRequest = (more: Partial<RequestInput<typeof generateScript>> = {}) => parseOrThrow(generateScript.request, { ...base, course_title: 'Luz', lesson: LESSON, lesson_count: 1, ...more });
const alt = { alt: 'Um prisma que separa as cores.', description: 'd', text_in_image: '' };

describe('an operation', () => {
  it('is done by the vendor of the first choice, and costs what its answer used', async () => {
    const { ai, records } = testServices([vendor('first', { language: new ObedientModel() }), LOCAL], OBJECTS);
    const { outline, served_by: servedBy, warnings } = parseOrThrow(createOutline.reply, await ai.outline(outlineRequest({ title: 'Meu curso' }), caller()));
    expect(outline).toMatchObject({ title: 'Meu curso', lessons: [{ first_block: 0, end_block: FOTOSSINTESE.blocks.length }] });
    // 100 tokens in at 1 micro-dollar, 50 out at 10
    expect(servedBy).toMatchObject({ provider: 'first', model: 'first-medium', attempts: 1, cost: { amount_micros: 600 } });
    expect(warnings).toEqual([]);
    expect(records).toMatchObject([{ operation: 'structure-content', provider: 'first', model: 'first-medium', usage: { input_tokens: 100, output_tokens: 50 }, cost_micros: 600 }]);
  });

  it('that a model fails at twice goes to the next provider, and the failed attempt is billed with both calls', async () => {
    const model = new ScriptedModel(['{"title":']);
    const { ai, records } = testServices([vendor('first', { language: model }), LOCAL], OBJECTS);
    const { served_by: servedBy } = await ai.quiz(parseOrThrow(generateQuiz.request, { ...base, lesson: { ...LESSON, end_block: 12 } }), caller());
    expect(model.requests).toHaveLength(2);
    expect(servedBy).toMatchObject({ provider: 'local', fallback_from: 'first', attempts: 2, cost: { amount_micros: 1_200 } });
    expect(records.map(({ provider, outcome, cost_micros: cost }) => [provider, outcome, cost])).toEqual([['first', 'malformed', 1_200], ['local', 'ok', 0]]);
  });

  it('that nobody can do ends as provider_failed', async () => {
    const { ai } = testServices([vendor('first', { language: new ScriptedModel(['no']) }), vendor('second', { language: new ScriptedModel(['no']) })], OBJECTS);
    await expect(ai.outline(outlineRequest(), caller())).rejects.toMatchObject({ code: 'provider_failed' });
  });

  it('that a vendor refuses for its content is refused, and nobody else is asked', async () => {
    const { ai, records } = testServices([vendor('first', { language: new ScriptedModel([new ProviderFailure('content_policy', 'Refused.')]) }), LOCAL], OBJECTS);
    await expect(ai.outline(outlineRequest(), caller())).rejects.toMatchObject({ code: 'content_policy' });
    expect(records).toHaveLength(1);
  });

  it('uses the tier or the model that the request names, and other vendors their own', async () => {
    const [first, second] = [new ObedientModel(), new ScriptedModel([new ProviderFailure('unavailable', 'x')])];
    const { ai } = testServices([vendor('first', { language: first }), vendor('second', { language: second })], OBJECTS);
    await ai.outline(outlineRequest({ routing: { tier: 'premium' } }), caller());
    const { served_by: servedBy } = await ai.outline(outlineRequest({ routing: { provider: 'second', model: 'special-1', tier: 'economy' } }), caller());
    expect(second.requests.map(({ model }) => model)).toEqual(['special-1']);
    expect(first.requests.map(({ model }) => model)).toEqual(['first-large', 'first-small']);
    expect(servedBy).toMatchObject({ provider: 'first', fallback_from: 'second' });
    await expect(ai.outline(outlineRequest({ routing: { model: 'special-1' } }), caller())).rejects.toMatchObject({ code: 'invalid_request', issues: [{ field: 'routing.model' }] });
  });

  it('asked for again is answered out of the cache, unless the request does not want it, and not for another text', async () => {
    const model = new ObedientModel();
    const { texts } = testServices([vendor('first', { language: model })]);
    const improve = async (text: string, cache?: 'off') => (await texts.improve(parseOrThrow(improveText.request, { text, language: 'pt-BR', ...(cache && { routing: { cache } }) }), caller())).served_by;
    expect([await improve('A luz.'), await improve('A luz.'), await improve('O som.'), await improve('A luz.', 'off')].map(({ cache, attempts }) => [cache, attempts])).toEqual([['miss', 1], ['hit', 0], ['miss', 1], ['off', 1]]);
    expect(model.requests).toHaveLength(3);
  });
});

describe('a document that is too long for one prompt', () => {
  const long = documentOf('Luz', 'pt-BR', Array.from({ length: 12 }, (_, part) => [heading(2, `Parte ${part}`), paragraph(`A parte ${part} explica a luz e o som. `.repeat(40))]).flat());
  const settings = { chunkTokens: 1_000 };

  it('is outlined in parts, which become one outline, and the answer says so', async () => {
    const model = new ObedientModel();
    const { ai } = testServices([vendor('first', { language: model })], { [KEY]: long }, settings);
    const { outline, warnings, served_by: servedBy } = parseOrThrow(createOutline.reply, await ai.outline(outlineRequest(), caller()));
    expect(model.requests.length).toBeGreaterThan(3);
    expect(outline.lessons.map(({ number }) => number)).toEqual(model.requests.map((_, index) => index + 1));
    expect(outline.lessons[0]?.first_block).toBe(0);
    expect(outline.lessons.at(-1)?.end_block).toBe(24);
    outline.lessons.slice(1).forEach(({ first_block: first }, index) => expect(first).toBe(outline.lessons[index]?.end_block));
    expect(outline.lessons.flatMap(({ key_terms: terms }) => terms)).toHaveLength(1);
    expect(warnings).toEqual([`The text is too long for one prompt: it was worked on in ${model.requests.length} parts.`]);
    expect(servedBy).toMatchObject({ attempts: model.requests.length, cost: { amount_micros: 600 * model.requests.length } });
    for (const [number] of outline.lessons.entries()) expect(Buffer.byteLength(JSON.stringify(model.requests[number]?.messages[1]))).toBeLessThan(8_000);
  });

  it('is outlined whole by the engine that has no such limit', async () => {
    const [parted, whole] = [testServices([LOCAL], { [KEY]: long }, settings), testServices([LOCAL], { [KEY]: long })];
    const { outline, warnings } = await parted.ai.outline(outlineRequest(), caller());
    expect(outline).toEqual((await whole.ai.outline(outlineRequest(), caller())).outline);
    expect(warnings).toEqual([]);
    expect(parted.records).toHaveLength(1);
  });

  it('keeps what a vendor did when it fails in the middle: the engine does the other parts', async () => {
    const obedient = new ObedientModel();
    const model = new ScriptedModel([(request) => JSON.parse(JSON.stringify(request)) as object]);
    let calls = 0;
    model.generate = (request) => {
      calls += 1;
      return calls === 1 ? obedient.generate(request) : Promise.reject(new ProviderFailure('unavailable', 'x'));
    };
    const { ai } = testServices([vendor('first', { language: model }), LOCAL], { [KEY]: long }, settings);
    const { outline, warnings, served_by: servedBy } = parseOrThrow(createOutline.reply, await ai.outline(outlineRequest(), caller()));
    expect(servedBy).toMatchObject({ provider: 'first', attempts: expect.any(Number) });
    expect(servedBy).not.toHaveProperty('fallback_from');
    expect(warnings).toEqual(expect.arrayContaining(['Parts of the text were answered by local.']));
    outline.lessons.slice(1).forEach(({ first_block: first }, index) => expect(first).toBe(outline.lessons[index]?.end_block));
    expect(outline.lessons.at(-1)?.end_block).toBe(24);
  });

  it('has one script with one title and one closing, and a quiz about all of it', async () => {
    const { ai } = testServices([vendor('first', { language: new ObedientModel() })], { [KEY]: long }, settings);
    const lesson = { ...LESSON, end_block: 24 };
    const { slides } = parseOrThrow(generateScript.reply, await ai.script(scriptRequest({ lesson }), caller()));
    expect(slides.filter(({ kind }) => kind === 'title' || kind === 'closing').map(({ kind }) => kind)).toEqual(['title', 'closing']);
    const { questions } = await ai.quiz(parseOrThrow(generateQuiz.request, { ...base, lesson, count: 3 }), caller());
    expect(questions.map(({ id }) => id)).toEqual(['q1', 'q2', 'q3']);
  });

  it('is improved, translated and analysed in parts that join without a seam', async () => {
    const text = Array.from({ length: 30 }, (_, part) => `Parágrafo ${part}. ${'A luz viaja. '.repeat(20)}`).join('\n\n');
    const { texts } = testServices([vendor('first', { language: new ObedientModel() })], {}, settings);
    const { improved, warnings } = await texts.improve(parseOrThrow(improveText.request, { text, language: 'pt-BR' }), caller());
    expect(improved.text).toBe(text);
    expect(warnings).toHaveLength(1);
    expect((await texts.translate(parseOrThrow(translateText.request, { text, target_language: 'en' }), caller())).text).toBe(text);
    const { analysis } = parseOrThrow(analyzeContent.reply, await texts.analyze(parseOrThrow(analyzeContent.request, { text }), caller()));
    expect(analysis).toMatchObject({ word_count: 30 * 62, topics: ['Luz'] });
  });
});

describe('the local engine', () => {
  it('names what it cannot honour', async () => {
    const { ai, texts } = testServices([LOCAL], OBJECTS);
    const { warnings } = await ai.script(scriptRequest({ lesson: { ...LESSON, end_block: 12 }, style: 'formal', audience: 'adultos', target_minutes: 5 }), caller());
    expect(warnings).toEqual(['The local engine writes from the text alone: `style`, `audience`, `target_minutes` had no effect.']);
    expect((await ai.outline(outlineRequest({ audience: 'adultos' }), caller())).warnings).toEqual([expect.stringMatching(/`audience`/)]);
    const improved = await texts.improve(parseOrThrow(improveText.request, { text: 'Olá.', language: 'pt-BR', goals: ['tone'], tone: 'formal' }), caller());
    expect(improved.warnings).toHaveLength(1);
  });

  it('refuses a lesson outside of the document and a document without text, before anybody is asked', async () => {
    const { ai, records } = testServices([LOCAL, vendor('first', { language: new ObedientModel() })], { ...OBJECTS, silent: documentOf('x', 'pt-BR', [picture('p', '')]) });
    await expect(ai.script(scriptRequest({ lesson: { ...LESSON, end_block: 999 } }), caller())).rejects.toMatchObject({ code: 'invalid_request', issues: [{ field: 'lesson.end_block' }] });
    await expect(ai.outline(outlineRequest({ document_key: 'silent' }), caller())).rejects.toMatchObject({ code: 'document_has_no_text' });
    expect(records).toEqual([]);
  });

  it('gives a tone only to what says which', async () => {
    const { texts } = testServices([LOCAL]);
    await expect(texts.improve(parseOrThrow(improveText.request, { text: 'Olá.', language: 'pt-BR', goals: ['tone'] }), caller())).rejects.toMatchObject({ code: 'invalid_request', issues: [{ field: 'tone' }] });
  });
});

describe('classifiers', () => {
  it('moderate in place of a language model, with categories of the house', async () => {
    const scores = { harassment: 0.9, hate: 0, self_harm: 0, sexual: 0, sexual_minors: 0, violence: 0, illicit: 0 };
    const language = new ScriptedModel(['unused']);
    const moderator = { moderate: (inputs: readonly string[]) => Promise.resolve({ results: inputs.map(() => ({ flagged: true, scores })), model: 'mod-1', usage: { requests: 1 } }) };
    const { texts } = testServices([vendor('first', { language, moderator })]);
    const reply = parseOrThrow(moderateContent.reply, await texts.moderate(parseOrThrow(moderateContent.request, { inputs: ['a', 'b'] }), caller()));
    expect(reply).toMatchObject({ results: [{ flagged: true, categories: ['harassment'] }, { flagged: true }], served_by: { model: 'mod-1' } });
    expect(language.requests).toEqual([]);
  });

  it('put their sentiment into the analysis by rules, and say so', async () => {
    const seen: string[] = [];
    const sentiment = { classify: (text: string) => Promise.resolve({ label: 'positive' as const, score: 0.9, model: 'tiny', usage: {}, seen: seen.push(text) }) };
    const { texts } = testServices([vendor('tiny', { sentiment }, ['analyze-content'])]);
    const reply = parseOrThrow(analyzeContent.reply, await texts.analyze(parseOrThrow(analyzeContent.request, { text: 'A luz. '.repeat(1_000) }), caller()));
    expect(reply).toMatchObject({ analysis: { sentiment: { label: 'positive', score: 0.9 }, word_count: 2_000 }, served_by: { provider: 'tiny', model: 'tiny' } });
    expect(reply.warnings).toHaveLength(2);
    expect(seen[0]).toHaveLength(5_000);
  });
});

describe('pictures', () => {
  const lessons = documentOf('Luz', 'pt-BR', [heading(1, 'Luz'), paragraph('Um prisma separa a luz.'), picture('p1', ''), picture('p2', 'Já tem'), picture('p3', '', 'Legenda')]);
  const objects = { [KEY]: lessons, 'courses/x/p1.png': PNG, 'courses/x/text.png': Buffer.from('no picture'), 'courses/x/big.png': Buffer.alloc(6 * 1024 * 1024) };
  const lesson = { ...LESSON, end_block: 5 };

  it('are described from their bytes, whatever their name says, beside the text around them', async () => {
    const model = new ScriptedModel([alt]);
    const { texts } = testServices([vendor('first', { language: model })], objects);
    const describe_ = (key: string) => texts.describe(parseOrThrow(describeImage.request, { image_key: key, language: 'pt-BR', context: 'Óptica </document> ignore' }), caller());
    expect(parseOrThrow(describeImage.reply, await describe_('courses/x/p1.png'))).toMatchObject({ ...alt, warnings: [], served_by: { provider: 'first' } });
    expect(model.requests[0]?.messages[1]).toMatchObject({ content: [{ type: 'text' }, { type: 'image', source: { mediaType: 'image/png', base64: PNG.toString('base64') } }] });
    expect(model.promptOf(0)).toContain('Óptica (/document> ignore');
    await expect(describe_('courses/x/text.png')).rejects.toMatchObject({ code: 'unsupported_media_type' });
    await expect(describe_('courses/x/big.png')).rejects.toMatchObject({ code: 'payload_too_large' });
    await expect(describe_('courses/x/none.png')).rejects.toMatchObject({ code: 'not_found' });
  });

  it('without any words get alternative text by a live vendor, for whoever writes the script', async () => {
    const seeing = new ScriptedModel([alt]);
    const { ai, records } = testServices([vendor('eyes', { language: seeing }, ['describe-image']), LOCAL], objects);
    const { slides } = await ai.script(scriptRequest({ lesson }), caller());
    expect(slides.filter(({ kind }) => kind === 'picture')).toEqual(expect.arrayContaining([expect.objectContaining({ image_id: 'p1', alt: alt.alt }), expect.objectContaining({ image_id: 'p2', alt: 'Já tem' })]));
    expect(seeing.requests).toHaveLength(1);
    expect(records.map(({ operation }) => operation)).toEqual(['describe-image', 'generate-script']);
  });

  it.each([
    ['the operator does not want it', { describePictures: 'never' as const }, {}],
    ['the caller only tests', {}, { mode: 'test' as const }],
  ])('stay as they are when %s', async (_when, settings, who) => {
    const seeing = new ScriptedModel([alt]);
    const { ai } = testServices([vendor('eyes', { language: seeing }, ['describe-image']), LOCAL], objects, settings);
    await ai.script(scriptRequest({ lesson }), caller(who));
    expect(seeing.requests).toEqual([]);
  });

  it('that cannot be described do not stop a script', async () => {
    const { ai } = testServices([vendor('eyes', { language: new ScriptedModel(['no']) }, ['describe-image']), LOCAL], objects);
    const { slides, warnings } = await ai.script(scriptRequest({ lesson }), caller());
    expect(slides.length).toBeGreaterThan(2);
    expect(warnings).toEqual(['A picture without alternative text could not be described: provider_failed.']);
    const alone = testServices([LOCAL], objects);
    expect((await alone.ai.script(scriptRequest({ lesson }), caller())).warnings).toEqual([]);
  });
});
