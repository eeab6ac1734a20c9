/** Shape of requests after Google's discovery document of the Gemini API; unknown names are refused, as the vendor does. */
const text = { type: 'string' };
const flag = { type: 'boolean' };
const number = { type: 'number' };
const whole = { type: 'integer', minimum: -(2 ** 31), maximum: 2 ** 31 - 1 };
const anything = {};
const object = { type: 'object' };
const closed = (properties: Record<string, object>, required: readonly string[] = []): object =>
  ({ type: 'object', properties, required: [...required], additionalProperties: false });
const list = (items: object): object => ({ type: 'array', items });

const part = closed({
  text, thought: flag, thoughtSignature: text, partMetadata: object, videoMetadata: object, mediaResolution: object, executableCode: object, codeExecutionResult: object,
  inlineData: closed({ mimeType: text, data: text }, ['mimeType', 'data']),
  fileData: closed({ mimeType: text, fileUri: text }, ['fileUri']),
  functionCall: closed({ id: text, name: text, args: object }, ['name']),
  functionResponse: closed({ id: text, name: text, response: object, parts: list(object), willContinue: flag, scheduling: text }, ['name', 'response']),
});
const content = closed({ role: text, parts: list(part) });
const declaration = closed({
  name: { type: 'string', pattern: '^[a-zA-Z_][a-zA-Z0-9_.:-]{0,127}$' }, description: text, parameters: object, parametersJsonSchema: anything, response: object,
  responseJsonSchema: anything, behavior: text,
}, ['name']);
const modes = { enum: ['MODE_UNSPECIFIED', 'AUTO', 'ANY', 'NONE', 'VALIDATED'] };

const generationConfig = closed({
  maxOutputTokens: whole, temperature: { type: 'number', minimum: 0, maximum: 2 }, topP: { type: 'number', minimum: 0, maximum: 1 }, topK: whole, seed: whole,
  candidateCount: whole, stopSequences: { type: 'array', items: text, maxItems: 5 }, responseMimeType: text, responseSchema: object, responseJsonSchema: anything,
  responseModalities: list(text), thinkingConfig: object,
  presencePenalty: number, frequencyPenalty: number, responseLogprobs: flag, logprobs: whole, mediaResolution: text, speechConfig: object, imageConfig: object,
  enableEnhancedCivicAnswers: flag,
});
const HARMS = ['HARASSMENT', 'HATE_SPEECH', 'SEXUALLY_EXPLICIT', 'DANGEROUS_CONTENT', 'CIVIC_INTEGRITY', 'JAILBREAK'].map((harm) => `HARM_CATEGORY_${harm}`);
const safetySetting = closed({
  category: { enum: HARMS },
  threshold: { enum: ['HARM_BLOCK_THRESHOLD_UNSPECIFIED', 'BLOCK_LOW_AND_ABOVE', 'BLOCK_MEDIUM_AND_ABOVE', 'BLOCK_ONLY_HIGH', 'BLOCK_NONE', 'OFF'] },
}, ['category', 'threshold']);

const generate = {
  model: text, contents: list(content), systemInstruction: content, generationConfig, safetySettings: list(safetySetting), cachedContent: text, store: flag, serviceTier: text,
  tools: list(closed({ functionDeclarations: list(declaration), googleSearch: object, codeExecution: object, urlContext: object })),
  toolConfig: closed({ functionCallingConfig: closed({ mode: modes, allowedFunctionNames: list(text) }), retrievalConfig: object }),
};

export const GENERATE_SCHEMA = closed(generate);
export const COUNT_SCHEMA = closed({ contents: list(content), generateContentRequest: closed(generate) });
