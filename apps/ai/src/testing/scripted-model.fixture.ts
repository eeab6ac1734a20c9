import { ProviderFailure } from '@tecnocursos/provider-kit';
import type { Generation, GenerationPart, GenerationRequest, LanguageModel } from '../ports/language-model.port.js';

export type ScriptedAnswer = string | object | ProviderFailure | ((request: GenerationRequest) => string | object | Partial<Generation>);

/** A language model that gives the answers it was told, in order, and then the last one again. Each call costs 100 tokens in and 50 out. */
export class ScriptedModel implements LanguageModel {
  readonly requests: GenerationRequest[] = [];

  constructor(private readonly answers: readonly ScriptedAnswer[]) {}

  async generate(request: GenerationRequest): Promise<Generation> {
    const answer = this.answers[Math.min(this.requests.length, this.answers.length - 1)] ?? '';
    this.requests.push(request);
    if (answer instanceof ProviderFailure) throw answer;
    const given = typeof answer === 'function' ? answer(request) : answer;
    const usual = { toolCalls: [], finishReason: 'stop', model: request.model, usage: { input_tokens: 100, output_tokens: 50 }, warnings: [] } as const;
    if (typeof given === 'object' && 'finishReason' in given) return { text: '', ...usual, ...given };
    return { ...usual, text: typeof given === 'string' ? given : JSON.stringify(given) };
  }

  async *stream(request: GenerationRequest): AsyncGenerator<GenerationPart> {
    const { text, toolCalls, finishReason, model, usage, warnings } = await this.generate(request);
    for (const piece of text.match(/.{1,4}/gsu) ?? []) yield { type: 'text', text: piece };
    for (const [index, call] of toolCalls.entries()) yield { type: 'tool_call', index, id: call.id, name: call.name, arguments: call.arguments };
    yield { type: 'finish', finishReason, model, usage, warnings };
  }

  /** Text of the user's message of a call. */
  promptOf(call: number): string {
    const message = this.requests[call]?.messages.find(({ role }) => role === 'user');
    return message?.role === 'user' ? message.content.map((part) => (part.type === 'text' ? part.text : '')).join('\n') : '';
  }
}
