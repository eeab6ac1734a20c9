import type { Content, FunctionCallingConfig, GenerateContentConfig, GenerateContentParameters, MediaResolution, Part, SafetySetting } from '@google/genai';
import { ProviderFailure } from '@tecnocursos/provider-kit';
import type { ContentPart, GenerationRequest, ModelMessage, ToolCall } from '../../ports/language-model.port.js';
import type { SafetyRule } from './gemini.safety.js';
import { geminiCallId } from './gemini.tool-call-id.js';

export interface GeminiRequest {
  readonly parameters: GenerateContentParameters & { readonly config: GenerateContentConfig };
  readonly warnings: readonly string[];
}

const MODEL_NAME = /^[A-Za-z0-9][A-Za-z0-9._-]*$/;
const LARGEST_SEED = 2 ** 31 - 1;
const IMAGE_TYPES: Readonly<Record<string, string>> = {
  png: 'image/png', jpg: 'image/jpeg', jpeg: 'image/jpeg', webp: 'image/webp', heic: 'image/heic', heif: 'image/heif', gif: 'image/gif',
};

/** House request → `models.generateContent` of the vendor's client. Throws `ProviderFailure` `unsupported` for what this vendor cannot take. */
export function toGenerateContent(request: GenerationRequest, safety: readonly SafetyRule[]): GeminiRequest {
  const model = request.model.replace(/^models\//, '');
  // It becomes a part of the address.
  if (!MODEL_NAME.test(model)) throw new ProviderFailure('unsupported', 'Gemini has no model of this name.', { field: 'model' });
  const system = request.messages.flatMap((message) => (message.role === 'system' ? [message.content] : []));
  return {
    parameters: {
      model,
      contents: contentsOf(request.messages),
      config: {
        ...(system.length > 0 && { systemInstruction: system.join('\n\n') }),
        safetySettings: safety.map((rule): SafetySetting => ({ ...rule }) as SafetySetting),
        ...generationConfig(request),
        ...toolConfig(request),
        // Both would send further requests on their own.
        automaticContinuation: false,
        automaticFunctionCalling: { disable: true },
      },
    },
    warnings: isSeed(request.seed) ? [] : ['seed: Gemini takes whole numbers of 32 bits; this one was not sent'],
  };
}

const isSeed = (seed: number | undefined): boolean => seed === undefined || (Number.isInteger(seed) && Math.abs(seed) <= LARGEST_SEED);

function generationConfig(request: GenerationRequest): GenerateContentConfig {
  const { maxOutputTokens, temperature, topP, seed, stop, output, json } = request;
  const mediaResolution = mediaResolutionOf(request.messages);
  return {
    ...(maxOutputTokens !== undefined && { maxOutputTokens }),
    ...(temperature !== undefined && { temperature }),
    ...(topP !== undefined && { topP }),
    ...(seed !== undefined && isSeed(seed) && { seed }),
    ...(stop && stop.length > 0 && { stopSequences: [...stop] }),
    ...((output ?? json) && { responseMimeType: 'application/json' }),
    ...(output && { responseJsonSchema: output.schema }),
    ...(mediaResolution && { mediaResolution }),
  };
}

/** One resolution holds for all pictures of a request: the highest that was asked for. */
function mediaResolutionOf(messages: readonly ModelMessage[]): MediaResolution | undefined {
  const details = messages.flatMap((message) => (message.role === 'user' ? message.content : [])).flatMap((part) => (part.type === 'image' ? [part.detail ?? 'auto'] : []));
  if (details.includes('high')) return 'MEDIA_RESOLUTION_HIGH' as MediaResolution;
  return details.length > 0 && details.every((detail) => detail === 'low') ? ('MEDIA_RESOLUTION_LOW' as MediaResolution) : undefined;
}

function toolConfig({ tools, toolChoice }: GenerationRequest): GenerateContentConfig {
  if (!tools || tools.length === 0) return {};
  const functionDeclarations = tools.map(({ name, description, parameters }) => ({ name, ...(description !== undefined && { description }), parametersJsonSchema: parameters }));
  return { tools: [{ functionDeclarations }], ...(toolChoice !== undefined && { toolConfig: { functionCallingConfig: callingConfig(toolChoice) } }) };
}

function callingConfig(toolChoice: NonNullable<GenerationRequest['toolChoice']>): FunctionCallingConfig {
  if (typeof toolChoice === 'object') return { mode: 'ANY', allowedFunctionNames: [toolChoice.name] } as FunctionCallingConfig;
  return { mode: ({ auto: 'AUTO', none: 'NONE', required: 'ANY' } as const)[toolChoice] } as FunctionCallingConfig;
}

/** Turns of the roles `user` and `model`; neighbours of the same role become one, and results of tools are the user's. */
function contentsOf(messages: readonly ModelMessage[]): Content[] {
  const turns: { role: 'user' | 'model'; parts: Part[] }[] = [];
  const toolNames = new Map<string, string>();
  for (const message of messages) {
    if (message.role === 'system') continue;
    if (message.role === 'assistant') for (const { id, name } of message.toolCalls ?? []) toolNames.set(id, name);
    const role = message.role === 'assistant' ? 'model' : 'user';
    const parts = partsOf(message, toolNames);
    const last = turns.at(-1);
    if (last?.role === role) last.parts.push(...parts);
    else if (parts.length > 0) turns.push({ role, parts });
  }
  return turns;
}

function partsOf(message: Exclude<ModelMessage, { role: 'system' }>, toolNames: ReadonlyMap<string, string>): Part[] {
  switch (message.role) {
    case 'user':
      return message.content.map(toPart);
    case 'assistant':
      return [...(message.content === '' ? [] : [{ text: message.content }]), ...(message.toolCalls ?? []).map(toFunctionCall)];
    case 'tool': {
      const name = toolNames.get(message.toolCallId);
      if (name === undefined) throw new ProviderFailure('invalid_request', 'A result belongs to no call of a tool before it.', { field: 'messages' });
      const { id } = geminiCallId(message.toolCallId);
      return [{ functionResponse: { ...(id !== undefined && { id }), name, response: objectOf(message.content) ?? { output: message.content } } }];
    }
  }
}

function toPart(part: ContentPart): Part {
  if (part.type === 'text') return { text: part.text };
  const { source } = part;
  if ('base64' in source) return { inlineData: { mimeType: source.mediaType, data: source.base64 } };
  const mimeType = IMAGE_TYPES[/\.(\w+)$/.exec(URL.parse(source.url)?.pathname ?? '')?.[1]?.toLowerCase() ?? ''];
  return { fileData: { fileUri: source.url, ...(mimeType !== undefined && { mimeType }) } };
}

function toFunctionCall(call: ToolCall): Part {
  const args = objectOf(call.arguments === '' ? '{}' : call.arguments);
  if (!args) throw new ProviderFailure('unsupported', `The arguments of the call of ${call.name} are not a JSON object, which Gemini needs.`, { field: 'messages' });
  const { id, thoughtSignature } = geminiCallId(call.id);
  return { functionCall: { ...(id !== undefined && { id }), name: call.name, args }, ...(thoughtSignature !== undefined && { thoughtSignature }) };
}

function objectOf(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}
