import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  analyzeContent, AppError, createOutline, generateQuiz, generateScript, improveText, moderateContent, parseOrThrow, translateText, type OutlineLesson, type RequestInput, type RpcContract,
} from '@tecnocursos/contracts';
import { visibleText } from './operations/clean-text.js';
import { addressesIn } from './operations/web-addresses.js';
import { documentOf, heading, paragraph } from './providers/local/testing/document.fixture.js';
import { caller, LOCAL, testServices, vendor, type TestServices } from './testing/ai-chain.fixture.js';
import { HOSTILE_TEXTS } from './testing/hostile-documents.fixture.js';
import { ObedientModel } from './testing/obedient-model.fixture.js';

const KEY = 'courses/1/document.json';
const LESSON: OutlineLesson = { number: 1, title: 'Luz', first_block: 0, end_block: 4, objectives: ['Explicar a luz'], key_terms: [], summary: 'A luz.', estimated_minutes: 1 };
const document = (text: string) => documentOf('A luz', 'pt-BR', [heading(1, 'A luz'), paragraph('A luz é uma forma de energia. Ela viaja em linha reta.'), paragraph(text), paragraph('O som é uma onda mecânica.')]);
const common = { language: 'pt-BR', document_key: KEY } as const;

type Operation = (services: TestServices, text: string) => Promise<unknown>;
const operation = <C extends RpcContract>(contract: C, input: (text: string) => RequestInput<C>, run: (services: TestServices, request: never) => Promise<unknown>): Operation =>
  async (services, text) => parseOrThrow(contract.reply, await run(services, parseOrThrow(contract.request, input(text)) as never));

const OPERATIONS: Readonly<Record<string, Operation>> = {
  outline: operation(createOutline, () => common, ({ ai }, request) => ai.outline(request, caller())),
  script: operation(generateScript, () => ({ ...common, course_title: 'Luz', lesson: LESSON, lesson_count: 1 }), ({ ai }, request) => ai.script(request, caller())),
  quiz: operation(generateQuiz, () => ({ ...common, lesson: LESSON, count: 1 }), ({ ai }, request) => ai.quiz(request, caller())),
  improve: operation(improveText, (text) => ({ text, language: common.language }), ({ texts }, request) => texts.improve(request, caller())),
  analyze: operation(analyzeContent, (text) => ({ text }), ({ texts }, request) => texts.analyze(request, caller())),
  moderate: operation(moderateContent, (text) => ({ inputs: [text, 'Bom dia.'] }), ({ texts }, request) => texts.moderate(request, caller())),
  translate: operation(translateText, (text) => ({ text, target_language: 'en' }), ({ texts }, request) => texts.translate(request, caller())),
};

const originalFetch = globalThis.fetch;
let fetched = 0;
beforeAll(() => {
  globalThis.fetch = () => {
    fetched += 1;
    return Promise.reject(new Error('nothing is fetched here'));
  };
});
afterAll(() => {
  globalThis.fetch = originalFetch;
});

/** What must hold of an answer, whoever gave it: no address but the text's own, none of our instructions, nothing hidden, no markup in narration but ours. */
function assertHarmless(reply: unknown, text: string, model: ObedientModel): void {
  const strings = stringsOf(reply);
  const all = strings.join('\n').replaceAll('&quot;', '"').replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
  const own = addressesIn(visibleText(text));
  expect([...addressesIn(all)].filter((address) => !own.has(address))).toEqual([]);
  expect(visibleText(all)).toBe(all);
  const instructions = model.requests.flatMap(({ messages }) => messages.flatMap((message) => (message.role === 'system' ? message.content.split(/(?<=[.:])\s+/) : []))).filter((sentence) => sentence.length >= 60);
  expect(instructions.filter((sentence) => all.includes(sentence))).toEqual([]);
  for (const narration of strings.filter((string) => string.startsWith('<speak>'))) expect(narration.replaceAll(/<\/?(?:speak|s|break|sub|emphasis|prosody)(?: [a-z]+="[^"<>]*")*\/?>/g, '')).not.toMatch(/<[a-z/]/i);
  expect(JSON.stringify(reply)).not.toContain('isAdmin":');
  expect(({} as Record<string, unknown>)['isAdmin']).toBeUndefined();
}

function stringsOf(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(stringsOf) : [];
}

describe.each(Object.entries(OPERATIONS))('%s by a model that obeys the document', (name, run) => {
  it.each(Object.entries(HOSTILE_TEXTS))('that asks for %s: a harmless answer or a typed failure, and nothing is done', async (_what, text) => {
    const model = new ObedientModel();
    const services = testServices([vendor('obedient', { language: model })], { [KEY]: document(text) });
    const outcome = await run(services, text).catch((error: unknown) => error);
    if (outcome instanceof Error) {
      expect(outcome).toBeInstanceOf(AppError);
      expect((outcome as AppError).code).toBe('provider_failed');
      assertHarmless((outcome as AppError).detail, text, model);
    } else assertHarmless(outcome, text, model);
    expect(model.requests.length).toBeLessThanOrEqual(2);
    for (const { tools, messages } of model.requests) {
      expect(tools).toBeUndefined();
      expect(JSON.stringify(messages)).not.toMatch(/[\u200b-\u200f\u{e0000}-\u{e007f}]/u);
    }
    expect(fetched).toBe(0);
  });

  it.each(Object.entries(HOSTILE_TEXTS))('that asks for %s, with the local engine behind it: an answer, where the engine can do it', async (_what, text) => {
    const model = new ObedientModel();
    const services = testServices([vendor('obedient', { language: model }), LOCAL], { [KEY]: document(text) });
    const reply = await run(services, text).catch((error: unknown) => {
      if (name !== 'translate') throw error;
      expect(error).toMatchObject({ code: 'provider_failed' });
      return undefined;
    });
    if (reply !== undefined) assertHarmless(reply, text, model);
  });
});

describe('the obedient model', () => {
  it('obeys each of the documents whose order reaches it, so that the tests above show something', async () => {
    const disobeyed: string[] = [];
    for (const [name, text] of Object.entries(HOSTILE_TEXTS)) {
      const model = new ObedientModel();
      await OPERATIONS['outline']?.(testServices([vendor('obedient', { language: model })], { [KEY]: document(text) }), text).catch(() => undefined);
      if (model.obeyed === 0) disobeyed.push(name);
    }
    expect(disobeyed).toEqual(['an order in tag characters']);
  });

  it('answers an honest document honestly, by all operations', async () => {
    for (const run of Object.values(OPERATIONS)) {
      const services = testServices([vendor('obedient', { language: new ObedientModel() })], { [KEY]: document('A cor depende da luz.') });
      expect(await run(services, 'A cor depende da luz.')).toMatchObject({ served_by: { provider: 'obedient', attempts: 1 }, warnings: [] });
    }
  });
});
