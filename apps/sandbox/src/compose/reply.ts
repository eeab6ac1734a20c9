import { BoundedCache } from '../core/bounded-cache.js';
import type { PictureSize } from '../media/picture-size.js';
import { countTokens, firstTokens } from '../tokens/token-counter.js';
import { composeAnswer } from './compose-answer.js';
import { composeValue } from './compose-value.js';
import { languageOf, wordsOf, type TextLanguage } from './language.js';
import { moderate, type Harm } from './moderation.js';
import { readPrompt } from './prompt.js';

export interface OfferedTool {
  readonly name: string;
  /** JSON Schema of its arguments; any object when absent. */
  readonly parameters?: object | undefined;
}

/** What a model is asked, whoever's wire protocol it came by. */
export interface Conversation {
  readonly instructions: string;
  /** What the user says after the model's last turn. */
  readonly user: string;
  /** Undefined for a picture that stays on another server. */
  readonly pictures?: readonly (PictureSize | undefined)[];
  /** What the tools answered that the model called in its last turn. */
  readonly toolResults?: readonly string[];
  readonly tools?: readonly OfferedTool[];
  readonly toolChoice?: 'auto' | 'none' | 'required' | { readonly name: string };
  /** JSON Schema of the answer. */
  readonly schema?: object | undefined;
  /** JSON without a schema. */
  readonly isJson?: boolean;
  readonly limit?: number | undefined;
  readonly stop?: readonly string[];
}

export type ReplyEnd = { readonly by: 'itself' } | { readonly by: 'limit' } | { readonly by: 'stop'; readonly sequence: string };

export interface Reply {
  readonly text: string;
  readonly call: { readonly name: string; readonly input: Record<string, unknown> } | undefined;
  readonly end: ReplyEnd;
  readonly outputTokens: number;
}

const ANY_OBJECT = { type: 'object', properties: {} };
const SHORTEST_WORD = 4;

const REMEMBERED_REPLIES = 500;
const REMEMBERED_LENGTH = 16_384;
const remembered = new BoundedCache<Reply>(REMEMBERED_REPLIES);

/** What the simulated model says or calls: the same for the same conversation. Throws `SchemaRefused` when no value fits a schema. */
export function reply(conversation: Conversation): Reply {
  const key = JSON.stringify(conversation);
  return key.length > REMEMBERED_LENGTH ? composed(conversation) : remembered.getOrMake(key, () => composed(conversation));
}

function composed(conversation: Conversation): Reply {
  const tool = calledTool(conversation);
  if (tool) {
    const input = composeValue(tool.parameters ?? ANY_OBJECT, promptOf(conversation)) as Record<string, unknown>;
    return { text: '', call: { name: tool.name, input }, end: { by: 'itself' }, outputTokens: countTokens(tool.name) + countTokens(JSON.stringify(input)) };
  }
  return ended(textOf(conversation), conversation);
}

/** How harmful the request is, as `moderate` says it: a document inside it may speak of what it likes. */
export const harmOf = (conversation: Conversation): Record<Harm, number> => moderate(readPrompt(promptOf(conversation)).request);

const promptOf = ({ instructions, user }: Conversation): { instructions: string; user: string } => ({ instructions, user });

function calledTool({ tools = [], toolChoice = 'auto', toolResults = [], user }: Conversation): OfferedTool | undefined {
  if (typeof toolChoice === 'object') return tools.find(({ name }) => name === toolChoice.name);
  if (toolChoice === 'none' || tools.length === 0) return undefined;
  const named = tools.find(({ name }) => isMentioned(name, user));
  if (toolChoice === 'required') return named ?? tools[0];
  return toolResults.length > 0 ? undefined : named;
}

/** `search_lessons` fits “search the lessons for …”. */
function isMentioned(tool: string, text: string): boolean {
  const said = new Set(wordsOf(text.toLowerCase()));
  return tool.toLowerCase().split(/[^\p{L}]+/u).some((word) => word.length >= SHORTEST_WORD && said.has(word));
}

function textOf(conversation: Conversation): string {
  const { schema, isJson, user, toolResults = [], pictures = [] } = conversation;
  const results = toolResults.join('\n');
  const shown = describePictures(pictures, languageOf(user));
  if (schema) return JSON.stringify(composeValue(schema, { ...promptOf(conversation), user: withMatter(user, [results, shown].filter((text) => text !== '').join('\n')) }));
  const answer = shown === '' ? composeAnswer({ ...promptOf(conversation), user: results === '' ? user : results }) : shown;
  return isJson ? JSON.stringify({ answer }) : answer;
}

/** What tools and pictures say comes first among the documents that the answer is made of. */
function withMatter(user: string, matter: string): string {
  if (matter === '') return user;
  return `<document>\n${matter}\n</document>\n${user}`;
}

/** What can be told of pictures without seeing them. */
function describePictures(pictures: readonly (PictureSize | undefined)[], language: TextLanguage): string {
  return pictures
    .map((size) => {
      if (!size) return language === 'pt' ? 'Imagem de um endereço externo.' : 'A picture at an external address.';
      const measures = language === 'pt' ? `${size.width} por ${size.height} pixels` : `${size.width} by ${size.height} pixels`;
      return language === 'pt' ? `Imagem ${size.format.toUpperCase()} de ${measures}.` : `A ${size.format.toUpperCase()} picture of ${measures}.`;
    })
    .join('\n');
}

function ended(text: string, { stop = [], limit }: Conversation): Reply {
  const sequence = stop.filter((candidate) => candidate !== '' && text.includes(candidate)).sort((left, right) => text.indexOf(left) - text.indexOf(right))[0];
  const whole = sequence === undefined ? text : text.slice(0, text.indexOf(sequence));
  const cut = limit === undefined ? { text: whole, count: countTokens(whole), isCut: false } : firstTokens(whole, limit);
  const end: ReplyEnd = cut.isCut ? { by: 'limit' } : sequence === undefined ? { by: 'itself' } : { by: 'stop', sequence };
  return { text: cut.text, call: undefined, end, outputTokens: cut.count };
}
