import { ProviderFailure } from '@tecnocursos/provider-kit';
import { z } from 'zod';
import type { GenerationRequest } from '../../ports/language-model.port.js';
import type { Sentiment } from '../../ports/sentiment-classifier.port.js';
import { sentimentOf } from '../../sentiment/sentiment-labels.js';
import { toChatWire, type ChatWireMessage, type ChatWireRequest } from '../../wire/openai-chat.js';

type WireMessage = Exclude<ChatWireMessage, { role: 'assistant' }> | (Omit<Extract<ChatWireMessage, { role: 'assistant' }>, 'content'> & { content?: string });
export type HuggingFaceChatBody = Omit<ChatWireRequest, 'messages'> & { messages: WireMessage[]; max_tokens?: number };

/** `routing`: a policy or provider that the router takes behind the model's name, `openai/gpt-oss-120b:cheapest`. A name that has one keeps it. */
export function toHuggingFaceChat(request: GenerationRequest, routing: string | undefined): { body: HuggingFaceChatBody; warnings: string[] } {
  const { body, warnings } = toChatWire(request);
  const model = routing === undefined || body.model.includes(':') ? body.model : `${body.model}:${routing}`;
  const messages = body.messages.map(withoutNull);
  return { body: { ...body, model, messages, ...(request.maxOutputTokens !== undefined && { max_tokens: request.maxOutputTokens }) }, warnings };
}

/** An answer that only calls tools has no content here, where OpenAI's has one that is null. */
function withoutNull(message: ChatWireMessage): WireMessage {
  if (message.role !== 'assistant') return message;
  const { content, ...rest } = message;
  return content === null ? rest : { ...rest, content };
}

const ClassesSchema = z.array(z.looseObject({ label: z.string(), score: z.number() })).min(1);

/** @throws ProviderFailure `malformed` when the classes are not those of a sentiment. */
export function readSentiment(classes: unknown, model: string, milliseconds: number): Sentiment {
  const usage = { requests: 1, milliseconds: Math.ceil(milliseconds) };
  const parsed = ClassesSchema.safeParse(classes);
  const sentiment = parsed.success ? sentimentOf(parsed.data) : undefined;
  if (!sentiment) throw new ProviderFailure('malformed', `${model} does not answer with classes of sentiment.`, { usage, model });
  return { ...sentiment, model, usage };
}
