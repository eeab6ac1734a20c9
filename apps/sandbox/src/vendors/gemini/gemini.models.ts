import { refuse } from './gemini.errors.js';

const MILLION = 1_048_576;
const OUTPUT_LIMIT = 65_536;
const METHODS = ['generateContent', 'countTokens', 'createCachedContent', 'batchGenerateContent'];
const DEFAULT_PAGE = 50;
const LARGEST_PAGE = 1_000;

/** Text models of the type `Model` of `@google/genai` 3.1.0. */
const MODELS = [
  'gemini-3.8-flash', 'gemini-3.7-flash', 'gemini-3.6-flash', 'gemini-3.5-flash', 'gemini-3.5-flash-lite', 'gemini-3.1-flash-lite', 'gemini-3.1-pro-preview',
  'gemini-3-flash-preview', 'gemini-4-argon', 'gemini-4-carbon', 'gemini-2.5-flash', 'gemini-2.5-flash-lite', 'gemini-2.5-pro', 'gemini-flash-latest', 'gemini-flash-lite-latest', 'gemini-pro-latest',
];
/** What the moving names stand for. */
const ALIASES: Readonly<Record<string, string>> = {
  'gemini-flash-latest': 'gemini-3.8-flash', 'gemini-flash-lite-latest': 'gemini-3.5-flash-lite', 'gemini-pro-latest': 'gemini-3.1-pro-preview',
};
/** Since Gemini 3 a call of a tool carries a signature of the thoughts behind it, and must come back with it. */
const SIGNED = /^gemini-[3-9]/;

export interface Model {
  /** The model behind a moving name: what answers call `modelVersion`. */
  readonly version: string;
  readonly isSigned: boolean;
  readonly inputLimit: number;
}

/** @throws GeminiRefusal 404 when there is no such model, as the vendor words it. */
export function requireModel(name: string, apiVersion: string): Model {
  if (!MODELS.includes(name)) {
    throw refuse(
      `models/${name} is not found for API version ${apiVersion}, or is not supported for generateContent. ` +
        'Call ListModels to see the list of available models and their supported methods.',
      'NOT_FOUND',
    );
  }
  const version = ALIASES[name] ?? name;
  return { version, isSigned: SIGNED.test(version), inputLimit: MILLION };
}

/** @throws GeminiRefusal 404 when there is no such model. */
export function getModel(name: string, apiVersion: string): object {
  requireModel(name, apiVersion);
  return toWire(name);
}

/** One page of the list; tokens of pages are opaque to clients. @throws GeminiRefusal 400 for a page that there is not. */
export function listModels(query: URLSearchParams): object {
  const size = Number(query.get('pageSize') ?? DEFAULT_PAGE);
  if (!Number.isInteger(size) || size < 0) throw refuse('Invalid page_size');
  const token = query.get('pageToken');
  const start = token === null ? 0 : Number(Buffer.from(token, 'base64url').toString());
  if (!Number.isInteger(start) || start < 0 || start > MODELS.length) throw refuse('Page token is invalid.');
  const end = start + Math.min(size === 0 ? DEFAULT_PAGE : size, LARGEST_PAGE);
  return { models: MODELS.slice(start, end).map(toWire), ...(end < MODELS.length && { nextPageToken: Buffer.from(String(end)).toString('base64url') }) };
}

const toWire = (name: string): object => ({
  name: `models/${name}`, version: '001', displayName: name.replaceAll('-', ' ').replace(/\b\w/g, (letter) => letter.toUpperCase()), inputTokenLimit: MILLION,
  outputTokenLimit: OUTPUT_LIMIT, supportedGenerationMethods: METHODS, temperature: 1, topP: 0.95, topK: 64, maxTemperature: 2, thinking: true,
});
