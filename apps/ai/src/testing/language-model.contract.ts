import { inspect } from 'node:util';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Ajv } from 'ajv';
import type { GenerationPart } from '../ports/language-model.port.js';
import { describeFailures } from './language-model-failures.contract.js';
import { PHOTOSYNTHESIS, PICTURE_URL, question, RED_SQUARE_PNG, SEARCH_TOOL, SUMMARY_SCHEMA, user } from './language-model.fixture.js';
import { LanguageModelSubject, VendorTime, type LanguageModelCase, type SandboxUnderTest } from './language-model.subject.js';

const SEED = 20_261_123;
const OPTIONS = { temperature: { value: 0.25, word: /temperature/i }, topP: { value: 0.5, word: /top_?p/i }, seed: { value: 424_242, word: /seed/i } } as const;

type SubjectOf = () => LanguageModelSubject;

/**
 * What every vendor's `LanguageModel` owes to its port, against the vendor's simulator over real HTTP. A case must hold for all vendors; what a vendor cannot
 * honour stands in its `LanguageModelCase`.
 */
export function describeLanguageModel(name: string, make: () => LanguageModelCase): void {
  describe(`${name} as a language model`, () => {
    let sandbox: SandboxUnderTest;
    let subject: LanguageModelSubject;
    beforeAll(async () => {
      const of = make();
      const clock = new VendorTime();
      sandbox = await of.startSandbox({ seed: SEED, clock });
      subject = new LanguageModelSubject(of, sandbox, clock);
    });
    beforeEach(() => subject.reset());
    afterEach(() => expect(subject.problems()).toEqual([]));
    afterAll(async () => {
      await subject.close();
      await sandbox.close();
    });
    describeAnswers(() => subject);
    describeInputs(() => subject);
    describeTools(() => subject);
    describeStreams(() => subject);
    describeFailures(() => subject);
  });
}

function describeAnswers(subjectOf: SubjectOf): void {
  it('answers with text, the model, and what it used, in one HTTP request', async () => {
    const subject = subjectOf();
    const answer = await subject.generate(question(subject.model));
    expect(answer.text.trim()).not.toBe('');
    expect(answer).toMatchObject({ finishReason: 'stop', toolCalls: [], warnings: [], model: expect.stringMatching(/./) });
    expect(answer.usage.input_tokens).toBeGreaterThan(10);
    expect(answer.usage.output_tokens).toBeGreaterThan(0);
    expect(subject.calls()).toHaveLength(1);
  });

  it('answers in the shape of a schema', async () => {
    const subject = subjectOf();
    const answer = await subject.generate(question(subject.model, { output: { name: 'summary', schema: SUMMARY_SCHEMA } }));
    const validate = new Ajv({ strict: false }).compile(SUMMARY_SCHEMA);
    expect([validate(JSON.parse(answer.text)), validate.errors]).toEqual([true, null]);
  });

  it('answers in JSON without a schema', async () => {
    const subject = subjectOf();
    const answer = await subject.generate(question(subject.model, { json: true }));
    expect(typeof JSON.parse(answer.text)).toBe('object');
  });

  it('says that the answer was cut at the limit', async () => {
    const subject = subjectOf();
    const answer = await subject.generate(question(subject.model, { maxOutputTokens: 6 }));
    expect(answer.finishReason).toBe('length');
    expect(answer.usage.output_tokens).toBeLessThanOrEqual(6);
  });

  it('sends the sampling options that the vendor has, and warns of those that it lacks', async () => {
    const subject = subjectOf();
    const lacking = subject.of.notHonoured ?? [];
    const answer = await subject.generate(question(subject.model, { temperature: OPTIONS.temperature.value, topP: OPTIONS.topP.value, seed: OPTIONS.seed.value }));
    expect(answer.warnings).toHaveLength(lacking.length);
    for (const option of ['temperature', 'topP', 'seed'] as const) {
      const { value, word } = OPTIONS[option];
      expect([option, answer.warnings.some((warning) => word.test(warning)), subject.sentText().includes(`:${value}`)]).toEqual([option, lacking.includes(option), !lacking.includes(option)]);
    }
  });

  it('sends stop sequences', async () => {
    const subject = subjectOf();
    await subject.generate(question(subject.model, { stop: ['FIM-DA-AULA'] }));
    expect(subject.sentText()).toContain('FIM-DA-AULA');
  });
}

function describeInputs(subjectOf: SubjectOf): void {
  it('sends instructions and all turns in their order', async () => {
    const subject = subjectOf();
    const answer = await subject.generate({
      model: subject.model,
      messages: [
        { role: 'system', content: 'instruction-one' }, { role: 'system', content: 'instruction-two' },
        user('turn-one: o que é fotossíntese?'), { role: 'assistant', content: `turn-two: ${PHOTOSYNTHESIS}` }, user('turn-three', ': e onde ela ocorre?'),
      ],
    });
    expect(answer.text).not.toBe('');
    const sent = subject.sentText();
    const places = ['instruction-one', 'instruction-two'].map((text) => sent.indexOf(text));
    const turns = ['turn-one', 'turn-two', 'turn-three', 'e onde ela ocorre'].map((text) => sent.indexOf(text));
    expect(Math.min(...places, ...turns)).toBeGreaterThanOrEqual(0);
    expect([places.toSorted((a, b) => a - b), turns.toSorted((a, b) => a - b)]).toEqual([places, turns]);
  });

  it.each([
    ['its bytes', { mediaType: 'image/png', base64: RED_SQUARE_PNG }, RED_SQUARE_PNG],
    ['its address', { url: PICTURE_URL }, PICTURE_URL],
  ])('sends a picture by %s', async (_title, source, expected) => {
    const subject = subjectOf();
    const answer = await subject.generate({ model: subject.model, messages: [user('Descreva a imagem.', { type: 'image', source, detail: 'low' })] });
    expect(answer.text).not.toBe('');
    expect(subject.sentText()).toContain(expected);
  });
}

function describeTools(subjectOf: SubjectOf): void {
  const validate = new Ajv({ strict: false }).compile(SEARCH_TOOL.parameters);

  it('lets the model call a tool, and takes the result', async () => {
    const subject = subjectOf();
    const asked = question(subject.model, { tools: [SEARCH_TOOL], toolChoice: 'required' });
    const { toolCalls, finishReason } = await subject.generate(asked);
    expect(finishReason).toBe('tool_calls');
    const [call] = toolCalls;
    expect(call).toMatchObject({ id: expect.stringMatching(/./), name: SEARCH_TOOL.name });
    expect(validate(JSON.parse(call?.arguments ?? ''))).toBe(true);
    if (!call) return;
    subject.reset();
    const result = '{"lessons":["resultado-da-busca"]}';
    const answer = await subject.generate({
      ...asked, toolChoice: 'none', messages: [...asked.messages, { role: 'assistant', content: '', toolCalls }, { role: 'tool', toolCallId: call.id, content: result }],
    });
    expect(answer).toMatchObject({ finishReason: 'stop', toolCalls: [], text: expect.stringMatching(/./) });
    expect(subject.sentText()).toContain('resultado-da-busca');
  });

  it('names the tool that must be called', async () => {
    const subject = subjectOf();
    const other = { ...SEARCH_TOOL, name: 'open_lesson' };
    const { toolCalls } = await subject.generate(question(subject.model, { tools: [SEARCH_TOOL, other], toolChoice: { name: other.name } }));
    expect(toolCalls.map(({ name }) => name)).toEqual(['open_lesson']);
  });

  it('streams a tool call in pieces that make a whole', async () => {
    const subject = subjectOf();
    const parts = await subject.collect(question(subject.model, { tools: [SEARCH_TOOL], toolChoice: 'required' }));
    const pieces = parts.filter((part) => part.type === 'tool_call');
    expect(pieces[0]).toMatchObject({ index: 0, id: expect.stringMatching(/./), name: SEARCH_TOOL.name });
    expect(validate(JSON.parse(pieces.map((piece) => piece.arguments).join('')))).toBe(true);
    expect(parts.at(-1)).toMatchObject({ type: 'finish', finishReason: 'tool_calls' });
  });
}

function describeStreams(subjectOf: SubjectOf): void {
  const textOf = (parts: readonly GenerationPart[]): string => parts.map((part) => (part.type === 'text' ? part.text : '')).join('');

  it('streams what it would have answered whole', async () => {
    const subject = subjectOf();
    const whole = await subject.generate(question(subject.model));
    subject.pace();
    const parts = await subject.collect(question(subject.model));
    expect(textOf(parts)).toBe(whole.text);
    expect(parts.filter(({ type }) => type === 'finish')).toHaveLength(1);
    const { finishReason, model, usage, warnings } = whole;
    expect(parts.at(-1)).toEqual({ type: 'finish', finishReason, model, usage, warnings });
    expect(parts.length).toBeGreaterThan(2);
    expect(subject.calls()).toHaveLength(2);
  });

  it('sends nothing before the first part is asked for', async () => {
    const subject = subjectOf();
    const stream = subject.stream(question(subject.model))[Symbol.asyncIterator]();
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(subject.calls()).toHaveLength(0);
    expect((await stream.next()).done).toBe(false);
    await stream.return?.();
  });

  it('ends the request when the loop is left early', async () => {
    const subject = subjectOf();
    subject.fail({ fault: 'endless_stream' });
    for await (const part of subject.stream(question(subject.model))) if (part.type === 'text') break;
    const calls = await subject.ended(1);
    expect(calls.map(({ elapsed_ms: elapsed }) => elapsed < 2_000)).toEqual([true]);
  });

  it('does not end quietly when it is aborted in the middle', async () => {
    const subject = subjectOf();
    subject.fail({ fault: 'endless_stream' });
    const controller = new AbortController();
    const read = async (): Promise<void> => {
      for await (const part of subject.stream(question(subject.model), controller.signal)) if (part.type === 'text') controller.abort();
    };
    const failure = await subject.failureOf(read());
    expect([failure.kind, inspect(failure).includes(subject.of.key)]).toEqual(['canceled', false]);
    expect((await subject.ended(1)).map(({ elapsed_ms: elapsed }) => elapsed < 2_000)).toEqual([true]);
  });
}
