import { composeAnswer } from '../../compose/compose-answer.js';
import { composeValue, SchemaRefused } from '../../compose/compose-value.js';
import { isStopWord, languageOf, wordsOf } from '../../compose/language.js';
import { FLAG_LIMIT, moderate, type Harm } from '../../compose/moderation.js';
import { readPrompt, type PromptText } from '../../compose/prompt.js';
import { countTokens, firstTokens } from '../../tokens/token-counter.js';
import { refuse } from './openai.errors.js';
import { checkNamedSchema, type NamedSchema } from './openai.schema-rules.js';
import { describePictures, pictureTokens, type PromptPicture } from './openai.vision.js';

export interface FunctionTool {
  readonly name: string;
  readonly description?: string | null | undefined;
  readonly parameters?: Readonly<Record<string, unknown>> | null | undefined;
}

export type OutputFormat = { readonly type: 'text' } | { readonly type: 'json_object' } | ({ readonly type: 'json_schema' } & NamedSchema);

/** What the model is asked in one turn, whichever endpoint asks. */
export interface Turn {
  readonly prompt: PromptText;
  readonly pictures: readonly PromptPicture[];
  /** Tokens of all texts that were sent, with the marks between them. */
  readonly textTokens: number;
  /** The answer to a tool call comes last: the model goes on with it instead of calling again. */
  readonly endsWithToolResult: boolean;
  readonly format: OutputFormat;
  /** Where the format stands in the request, for refusals. */
  readonly formatParam: string;
  readonly tools: readonly FunctionTool[];
  readonly toolChoice: 'none' | 'auto' | 'required' | { readonly name: string };
  readonly tokenLimit: number | undefined;
  readonly stop: readonly string[];
}

export interface TurnUsage {
  readonly input: number;
  readonly output: number;
}

export type TurnResult =
  | { readonly kind: 'text'; readonly text: string; readonly isCut: boolean; readonly usage: TurnUsage }
  | { readonly kind: 'refusal'; readonly text: string; readonly usage: TurnUsage }
  | { readonly kind: 'calls'; readonly name: string; readonly arguments: string; readonly usage: TurnUsage };

const NOT_ANSWERED: readonly Harm[] = ['sexual/minors', 'self-harm/instructions', 'illicit/violent', 'hate/threatening'];
const ANY_OBJECT = { type: 'object', properties: { title: { type: 'string' }, summary: { type: 'string' } }, required: ['title', 'summary'] };

/** @throws OpenAiRefusal 400 when the schema or the choice of tools is not acceptable. */
export function takeTurn(turn: Turn): TurnResult {
  if (turn.format.type === 'json_schema') checkNamedSchema(turn.format, turn.formatParam);
  const input = turn.textTokens + turn.pictures.reduce((sum, picture) => sum + pictureTokens(picture), 0) + schemaTokens(turn);
  const prompt = withPictures(turn);
  const declined = refusalText(prompt);
  if (declined !== undefined) return { kind: 'refusal', text: declined, usage: { input, output: countTokens(declined) } };
  const tool = chooseTool(turn);
  if (tool) {
    const written = JSON.stringify(composed(tool.parameters ?? { type: 'object', properties: {} }, prompt, `tools.${tool.name}`));
    return { kind: 'calls', name: tool.name, arguments: written, usage: { input, output: countTokens(written) + countTokens(tool.name) } };
  }
  const stopped = stoppedAt(write(turn, prompt), turn.stop);
  if (turn.tokenLimit === undefined) return { kind: 'text', text: stopped, isCut: false, usage: { input, output: countTokens(stopped) } };
  const { text, count, isCut } = firstTokens(stopped, turn.tokenLimit);
  return { kind: 'text', text, isCut, usage: { input, output: count } };
}

function write({ format, formatParam }: Turn, prompt: PromptText): string {
  if (format.type === 'text') return composeAnswer(prompt);
  return JSON.stringify(composed(format.type === 'json_schema' ? format.schema : ANY_OBJECT, prompt, formatParam));
}

function composed(schema: object, prompt: PromptText, param: string): unknown {
  try {
    return composeValue(schema, prompt);
  } catch (error) {
    if (error instanceof SchemaRefused) throw refuse(`Invalid schema: ${error.message}`, param, 'invalid_json_schema');
    throw error;
  }
}

const schemaTokens = ({ format, tools }: Turn): number =>
  (format.type === 'json_schema' ? countTokens(JSON.stringify(format.schema)) : 0) + (tools.length > 0 ? countTokens(JSON.stringify(tools)) : 0);

/** What is known about pictures comes first among the documents that the answer is made of. */
function withPictures({ prompt, pictures }: Turn): PromptText {
  if (pictures.length === 0) return prompt;
  const described = describePictures(pictures, languageOf(`${prompt.user} ${prompt.instructions}`));
  return { ...prompt, user: `<document>\n${described}\n</document>\n${prompt.user}` };
}

/** Only the request itself is judged: a document may speak of what it likes. */
function refusalText(prompt: PromptText): string | undefined {
  const { request, language } = readPrompt(prompt);
  const scores = moderate(request);
  if (!NOT_ANSWERED.some((harm) => scores[harm] >= FLAG_LIMIT)) return undefined;
  return language === 'pt' ? 'Desculpe, não posso ajudar com isso.' : "I'm sorry, but I can't assist with that.";
}

function chooseTool({ tools, toolChoice, endsWithToolResult, prompt }: Turn): FunctionTool | undefined {
  if (typeof toolChoice === 'object') {
    const named = tools.find(({ name }) => name === toolChoice.name);
    if (!named) throw refuse(`Tool choice '${toolChoice.name}' not found in 'tools' parameter.`, 'tool_choice', 'invalid_value');
    return named;
  }
  if (toolChoice === 'required' && tools.length === 0) throw refuse("Invalid value for 'tool_choice': 'tool_choice' is only allowed when 'tools' are specified.", 'tool_choice', 'invalid_value');
  if (tools.length === 0 || toolChoice === 'none' || (endsWithToolResult && toolChoice === 'auto')) return undefined;
  const asked = new Set(significant(readPrompt(prompt).request));
  const ranked = tools
    .map((tool) => ({ tool, score: significant(`${tool.name.replaceAll(/[_-]/g, ' ')} ${tool.description ?? ''}`).filter((word) => asked.has(word)).length }))
    .sort((left, right) => right.score - left.score);
  const best = ranked[0];
  return best && (best.score > 0 || toolChoice === 'required') ? best.tool : undefined;
}

const significant = (text: string): string[] => wordsOf(text.toLowerCase()).filter((word) => word.length > 3 && !isStopWord(word));

function stoppedAt(text: string, stop: readonly string[]): string {
  const ends = stop.map((mark) => text.indexOf(mark)).filter((index) => index >= 0);
  return ends.length === 0 ? text : text.slice(0, Math.min(...ends));
}
