import { AnthropicRefusal } from './anthropic.errors.js';

interface Model {
  readonly id: string;
  readonly name: string;
  /** Tokens of prompt and answer together. */
  readonly context: number;
  /** First day without the model, where one is announced. */
  readonly shutdown?: string;
}

const MILLION = 1_000_000;
const SMALL_CONTEXT = 200_000;

/** The type `Model` of `@anthropic-ai/sdk` 1.12.0, without those of limited access; contexts from public price lists. */
const MODELS: readonly Model[] = [
  { id: 'claude-fable-5-2', name: 'Claude Fable 5.2', context: MILLION },
  { id: 'claude-haiku-5-5', name: 'Claude Haiku 5.5', context: MILLION },
  { id: 'claude-sonnet-5-5', name: 'Claude Sonnet 5.5', context: MILLION },
  { id: 'claude-opus-5-5', name: 'Claude Opus 5.5', context: MILLION },
  { id: 'claude-fable-5-1', name: 'Claude Fable 5.1', context: MILLION },
  { id: 'claude-fable-5', name: 'Claude Fable 5', context: MILLION },
  { id: 'claude-sonnet-5', name: 'Claude Sonnet 5', context: MILLION },
  { id: 'claude-opus-5', name: 'Claude Opus 5', context: MILLION },
  { id: 'claude-opus-4-8', name: 'Claude Opus 4.8', context: MILLION },
  { id: 'claude-opus-4-7', name: 'Claude Opus 4.7', context: MILLION },
  { id: 'claude-opus-4-6', name: 'Claude Opus 4.6', context: MILLION },
  { id: 'claude-sonnet-4-6', name: 'Claude Sonnet 4.6', context: MILLION },
  { id: 'claude-opus-4-5', name: 'Claude Opus 4.5', context: SMALL_CONTEXT },
  { id: 'claude-haiku-4-5', name: 'Claude Haiku 4.5', context: SMALL_CONTEXT },
  { id: 'claude-sonnet-4-5', name: 'Claude Sonnet 4.5', context: SMALL_CONTEXT, shutdown: '2026-12-01' },
];
const SNAPSHOT = /-\d{8}$/;
/** Days of release are not documented for all; one for all keeps answers the same. */
const CREATED = '2026-01-01T00:00:00Z';

export interface WireModel {
  readonly type: 'model';
  readonly id: string;
  readonly display_name: string;
  readonly created_at: string;
  readonly max_input_tokens: number;
  readonly max_tokens: null;
  readonly capabilities: null;
}

export const listModels = (now: number): WireModel[] => MODELS.filter((model) => !isGone(model, now)).map(toWire);

/** A snapshot (`claude-haiku-4-5-20251001`) counts as its model. @throws AnthropicRefusal 404 when there is no such model (any more). */
export function requireModel(id: string, now: number): Model {
  const model = MODELS.find((candidate) => candidate.id === id) ?? MODELS.find((candidate) => candidate.id === id.replace(SNAPSHOT, ''));
  if (!model || isGone(model, now)) throw new AnthropicRefusal('not_found_error', `model: ${id}`);
  return model;
}

export const getModel = (id: string, now: number): WireModel => toWire({ ...requireModel(id, now), id });

const isGone = ({ shutdown }: Model, now: number): boolean => shutdown !== undefined && now >= Date.parse(shutdown);
const toWire = ({ id, name, context }: Model): WireModel => ({
  type: 'model', id, display_name: name, created_at: CREATED, max_input_tokens: context, max_tokens: null, capabilities: null,
});
