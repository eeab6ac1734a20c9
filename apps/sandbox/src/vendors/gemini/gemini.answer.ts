import { SchemaRefused } from '../../compose/compose-value.js';
import { harmOf, reply, type Conversation, type Reply } from '../../compose/reply.js';
import { readPictureSize, type PictureSize } from '../../media/picture-size.js';
import type { SimulatorContext } from '../../simulator/vendor-simulator.js';
import { countTokens, tokenPieces } from '../../tokens/token-counter.js';
import { refuse } from './gemini.errors.js';
import type { Model } from './gemini.models.js';
import { partsOf, textOf, type GenerateRequest, type WirePart } from './gemini.request.js';
import { judge } from './gemini.safety.js';
import { toJsonSchema } from './gemini.schema-dialect.js';

/** One `GenerateContentResponse`: the whole answer, or a chunk of its stream. */
export type WireResponse = Readonly<Record<string, unknown>>;

const TOKENS_A_PIECE = 4;
const PICTURE_TOKENS = 258;
const SMALL_SIDE_PIXELS = 384;
const TILE_PIXELS = 768;
const SIGNATURE_LENGTH = 64;

/** The answer in chunks, of which the last says how it ended and what was used; a whole one is a single chunk. */
export function answer(request: GenerateRequest, model: Model, context: SimulatorContext, form: 'whole' | 'chunks'): WireResponse[] {
  const promptTokens = countPrompt(request);
  if (promptTokens > model.inputLimit) throw refuse(`The input token count (${promptTokens}) exceeds the maximum number of tokens allowed (${model.inputLimit}).`);
  const frame = { modelVersion: model.version, responseId: context.newToken(22) };
  const conversation = conversationOf(request);
  const { ratings, blockReason } = judge(harmOf(conversation), request.safetySettings);
  if (blockReason !== undefined) return [{ promptFeedback: { blockReason, safetyRatings: ratings }, usageMetadata: usage(promptTokens, 0), ...frame }];
  const made = composed(conversation);
  const parts = partsOfReply(made, model, context, form);
  return parts.map((part, index) => {
    const isLast = index === parts.length - 1;
    return {
      candidates: [{ content: { parts: [part], role: 'model' }, index: 0, ...(isLast && { finishReason: made.end.by === 'limit' ? 'MAX_TOKENS' : 'STOP', safetyRatings: ratings }) }],
      usageMetadata: isLast ? usage(promptTokens, made.outputTokens) : { promptTokenCount: promptTokens, totalTokenCount: promptTokens },
      ...frame,
    };
  });
}

/** An answer without content, as a model may give. */
export const emptyAnswer = (request: GenerateRequest, model: Model, context: SimulatorContext): WireResponse => ({
  candidates: [{ content: { role: 'model' }, finishReason: 'STOP', index: 0 }],
  usageMetadata: usage(countPrompt(request), 0), modelVersion: model.version, responseId: context.newToken(22),
});

export function countPrompt({ contents, systemInstruction, tools, generationConfig }: GenerateRequest): number {
  const parts = [...(systemInstruction?.parts ?? []), ...partsOf(contents)];
  const schema = generationConfig?.responseJsonSchema ?? generationConfig?.responseSchema;
  return parts.reduce((sum, part) => sum + partTokens(part), tools ? countTokens(JSON.stringify(tools)) : 0) + (schema ? countTokens(JSON.stringify(schema)) : 0);
}

function partTokens({ text, inlineData, fileData, functionCall, functionResponse }: WirePart): number {
  if (text !== undefined) return countTokens(text);
  if (inlineData) return pictureTokens(sizeOf(inlineData.data));
  if (fileData) return PICTURE_TOKENS;
  return countTokens(JSON.stringify(functionCall ?? functionResponse ?? {}));
}

/** Small pictures are one tile; larger ones are cut into tiles of 768 pixels, each of which costs the same. */
function pictureTokens({ width, height }: PictureSize): number {
  if (width <= SMALL_SIDE_PIXELS && height <= SMALL_SIDE_PIXELS) return PICTURE_TOKENS;
  return PICTURE_TOKENS * Math.ceil(width / TILE_PIXELS) * Math.ceil(height / TILE_PIXELS);
}

function sizeOf(data: string): PictureSize {
  const size = readPictureSize(Buffer.from(data, 'base64'));
  if (!size) throw refuse('Unable to process input image. Please retry or report in https://developers.generativeai.google/guide/troubleshooting');
  return size;
}

const usage = (prompt: number, output: number): object => ({
  promptTokenCount: prompt, ...(output > 0 && { candidatesTokenCount: output }), totalTokenCount: prompt + output,
  promptTokensDetails: [{ modality: 'TEXT', tokenCount: prompt }],
});

function composed(conversation: Conversation): Reply {
  try {
    return reply(conversation);
  } catch (error) {
    if (error instanceof SchemaRefused) throw refuse(`* GenerateContentRequest.generation_config.response_schema: ${error.message}\n`);
    throw error;
  }
}

function conversationOf({ contents, systemInstruction, generationConfig: config = {}, tools = [], toolConfig }: GenerateRequest): Conversation {
  const parts = partsOf(contents.slice(contents.findLastIndex(({ role }) => role === 'model') + 1));
  const { mode = 'AUTO', allowedFunctionNames: allowed = [] } = toolConfig?.functionCallingConfig ?? {};
  const declared = tools.flatMap(({ functionDeclarations = [] }) => functionDeclarations);
  const offered = declared.filter(({ name }) => allowed.length === 0 || allowed.includes(name));
  return {
    instructions: textOf(systemInstruction?.parts ?? []),
    user: textOf(parts) || textOf(partsOf(contents.filter(({ role }) => role !== 'model'))),
    pictures: parts.flatMap(({ inlineData, fileData }) => (inlineData ? [sizeOf(inlineData.data)] : fileData ? [undefined] : [])),
    toolResults: parts.flatMap(({ functionResponse }) => (functionResponse ? [JSON.stringify(functionResponse.response)] : [])),
    tools: offered.map(({ name, parameters, parametersJsonSchema }) => ({ name, parameters: parametersJsonSchema ?? (parameters && toJsonSchema(parameters)) })),
    toolChoice: mode === 'ANY' ? 'required' : mode === 'NONE' ? 'none' : 'auto',
    schema: config.responseJsonSchema ?? (config.responseSchema && toJsonSchema(config.responseSchema)),
    isJson: config.responseMimeType === 'application/json',
    limit: config.maxOutputTokens,
    stop: config.stopSequences ?? [],
  };
}

function partsOfReply({ text, call }: Reply, { isSigned }: Model, context: SimulatorContext, form: 'whole' | 'chunks'): object[] {
  if (call) {
    const signature = isSigned ? { thoughtSignature: Buffer.from(context.newToken(SIGNATURE_LENGTH)).toString('base64') } : {};
    return [{ functionCall: { name: call.name, args: call.input }, ...signature }];
  }
  const pieces = form === 'whole' ? [text] : tokenPieces(text, TOKENS_A_PIECE);
  return (pieces.length === 0 ? [''] : pieces).map((piece) => ({ text: piece }));
}
