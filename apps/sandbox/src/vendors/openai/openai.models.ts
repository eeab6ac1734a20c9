import { refuse } from './openai.errors.js';

type ModelKind = 'chat' | 'image' | 'embedding' | 'moderation' | 'audio';

interface Model {
  readonly id: string;
  readonly kind: ModelKind;
  /** YYYY-MM-DD; from that day on the model is not there any more. */
  readonly shutdown?: string;
  /** The first models that think before they answer take fewer parameters. */
  readonly isFirstReasoning?: boolean;
}

/**
 * From developers.openai.com (deprecations page) and the types of `openai` 7.57.0, November 2026.
 */
const MODELS: readonly Model[] = [
  ...['gpt-6-astra', 'gpt-6.1-sol', 'gpt-6.1-terra', 'gpt-6-sol', 'gpt-6-luna', 'gpt-5.6-sol', 'gpt-5.6-terra', 'gpt-5.6-luna', 'gpt-5.5', 'gpt-5.4', 'gpt-5.4-mini', 'gpt-5.2'].map(
    (id): Model => ({ id, kind: 'chat' }),
  ),
  ...['gpt-5', 'gpt-5-mini', 'gpt-5-nano', 'o3'].map((id): Model => ({ id, kind: 'chat', shutdown: '2026-12-11', isFirstReasoning: true })),
  ...['gpt-4o', 'gpt-4o-mini', 'gpt-4.1', 'gpt-4.1-mini'].map((id): Model => ({ id, kind: 'chat', shutdown: '2027-01-14' })),
  ...['gpt-5.1', 'gpt-5.4-nano'].map((id): Model => ({ id, kind: 'chat', shutdown: '2027-04-01' })),
  ...['gpt-3.5-turbo', 'gpt-4', 'gpt-4-turbo', 'gpt-4.1-nano', 'o1', 'o3-mini', 'o4-mini'].map((id): Model => ({ id, kind: 'chat', shutdown: '2026-10-23' })),
  { id: 'gpt-4-vision-preview', kind: 'chat', shutdown: '2024-12-06' },
  ...['gpt-image-2', 'gpt-image-2.5-sunburst', 'gpt-image-2.5-flare', 'gpt-image-2.6-sunburst', 'gpt-image-2.6-flare'].map((id): Model => ({ id, kind: 'image' })),
  ...['gpt-image-1.5', 'gpt-image-1-mini', 'chatgpt-image-latest'].map((id): Model => ({ id, kind: 'image', shutdown: '2026-12-01' })),
  { id: 'gpt-image-1', kind: 'image', shutdown: '2026-10-23' },
  ...['dall-e-2', 'dall-e-3'].map((id): Model => ({ id, kind: 'image', shutdown: '2026-05-12' })),
  ...['text-embedding-3-small', 'text-embedding-3-large'].map((id): Model => ({ id, kind: 'embedding' })),
  { id: 'omni-moderation-latest', kind: 'moderation' },
  ...['tts-1', 'tts-1-hd', 'gpt-4o-mini-tts'].map((id): Model => ({ id, kind: 'audio', shutdown: '2027-01-06' })),
  { id: 'whisper-1', kind: 'audio', shutdown: '2027-02-26' },
  { id: 'gpt-transcribe', kind: 'audio' },
];
const BY_ID = new Map(MODELS.map((model) => [model.id, model]));
const SNAPSHOT = /-\d{4}-\d{2}-\d{2}$/;
/** The vendor's own time stamps are not documented; one day for all keeps answers the same. */
const CREATED = Date.UTC(2026, 0, 1) / 1_000;
const NO_MAX_TOKENS = /^(?:gpt-[56]|o\d)/;

export interface WireModel {
  readonly id: string;
  readonly object: 'model';
  readonly created: number;
  readonly owned_by: string;
  readonly shutdown_date?: string;
}

export function listModels(now: number): WireModel[] {
  return MODELS.filter((model) => !isGone(model, now)).map(toWire);
}

/** @throws OpenAiRefusal 404 when there is no such model (any more). */
export function getModel(id: string, now: number): WireModel {
  const model = find(id);
  if (!model || isGone(model, now)) throw refuse(`The model '${id}' does not exist`, 'model', 'model_not_found', 404);
  return toWire({ ...model, id });
}

/**
 * Checks that a model is there and does what the endpoint does. A snapshot (`gpt-4o-mini-2024-07-18`) counts as its model.
 * @throws OpenAiRefusal 404 as the vendor words it.
 */
export function requireModel(id: string, kind: ModelKind, endpoint: string, now: number): Model {
  const model = find(id);
  if (!model) throw refuse(`The model \`${id}\` does not exist or you do not have access to it.`, null, 'model_not_found', 404);
  if (isGone(model, now)) {
    throw refuse(`The model \`${id}\` has been deprecated, learn more here: https://platform.openai.com/docs/deprecations`, null, 'model_not_found', 404);
  }
  if (model.kind === kind) return model;
  throw kind === 'chat'
    ? refuse(`This is not a chat model and thus not supported in the ${endpoint} endpoint. Did you mean to use v1/completions?`, 'model', null, 404)
    : refuse(`The model \`${id}\` is not supported in the ${endpoint} endpoint.`, 'model', 'invalid_value');
}

/** `max_tokens` gave way to `max_completion_tokens` with the models that think. */
export const takesMaxTokens = (id: string): boolean => !NO_MAX_TOKENS.test(id);

const find = (id: string): Model | undefined => BY_ID.get(id) ?? BY_ID.get(id.replace(SNAPSHOT, ''));
const isGone = ({ shutdown }: Model, now: number): boolean => shutdown !== undefined && now >= Date.parse(`${shutdown}T00:00:00Z`);
const toWire = ({ id, shutdown }: Model): WireModel => ({ id, object: 'model', created: CREATED, owned_by: 'system', ...(shutdown !== undefined && { shutdown_date: shutdown }) });
