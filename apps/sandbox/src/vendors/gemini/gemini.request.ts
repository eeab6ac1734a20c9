/** Fields whose keys are the caller's own: names in them are left as they are. */
const OPAQUE: ReadonlySet<string> = new Set(['args', 'response', 'responseJsonSchema', 'parametersJsonSchema', 'properties', 'data', 'labels']);

export interface WirePart {
  readonly text?: string;
  readonly thought?: boolean;
  readonly thoughtSignature?: string;
  readonly inlineData?: { readonly mimeType: string; readonly data: string };
  readonly fileData?: { readonly mimeType?: string; readonly fileUri: string };
  readonly functionCall?: { readonly id?: string; readonly name: string; readonly args?: object };
  readonly functionResponse?: { readonly id?: string; readonly name: string; readonly response: object };
}

export interface WireContent {
  readonly role?: string;
  readonly parts: readonly WirePart[];
}

export interface FunctionDeclaration {
  readonly name: string;
  readonly description?: string;
  readonly parameters?: object;
  readonly parametersJsonSchema?: object;
}

export interface GenerationConfig {
  readonly maxOutputTokens?: number;
  readonly stopSequences?: readonly string[];
  readonly responseMimeType?: string;
  readonly responseSchema?: object;
  readonly responseJsonSchema?: object;
}

export interface GenerateRequest {
  readonly contents: readonly WireContent[];
  readonly systemInstruction?: WireContent;
  readonly generationConfig?: GenerationConfig;
  readonly safetySettings?: readonly { readonly category: string; readonly threshold: string }[];
  readonly tools?: readonly { readonly functionDeclarations?: readonly FunctionDeclaration[] }[];
  readonly toolConfig?: { readonly functionCallingConfig?: { readonly mode?: string; readonly allowedFunctionNames?: readonly string[] } };
}

/** Protocol buffers over JSON take a field by either name: `system_instruction` is `systemInstruction`. */
export function camelNames(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(camelNames);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => {
    const name = key.replace(/_([a-z])/g, (_match, letter: string) => letter.toUpperCase());
    return [name, OPAQUE.has(name) ? inner : camelNames(inner)];
  }));
}

export const partsOf = (contents: readonly WireContent[]): readonly WirePart[] => contents.flatMap(({ parts }) => parts);
export const textOf = (parts: readonly WirePart[]): string => parts.flatMap(({ text }) => (text === undefined ? [] : [text])).join('\n');
