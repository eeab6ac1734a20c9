import type { SimulatedResponse } from '../../simulator/vendor-simulator.js';
import { isRefusedContent } from '../../media/render-store.js';
import { refusal, validationError } from './d-id.errors.js';

export type Product = 'clips' | 'expressives';

export interface DIdOrder {
  readonly product: Product;
  readonly person: string;
  readonly name: string | undefined;
  readonly userData: string | undefined;
  readonly webhook: string | undefined;
  readonly text: string | undefined;
  readonly audioUrl: string | undefined;
  readonly subtitles: boolean;
  readonly voice: string | undefined;
  readonly height: number;
  readonly background: string;
}

const AUDIO_URL = /^(https|s3|http):\/\/\S+\.(?:m4a|flac|mp3|mp4|wav)([?#][\w./=&#%-]+)?$/i;
/** The vendor takes https alone; a receiver on this machine could not be called otherwise. */
const WEBHOOK = /^(https:\/\/|http:\/\/(127\.0\.0\.1|localhost)[:/])\S+$/;
const FIELDS: Readonly<Record<Product, readonly string[]>> = {
  clips: ['presenter_id', 'driver_id', 'script', 'config', 'presenter_config', 'background', 'user_data', 'name', 'webhook', 'result_url'],
  expressives: ['name', 'avatar_id', 'sentiment_id', 'script', 'config', 'background', 'user_data', 'persist', 'result_url', 'webhook'],
};
const TEXT_LIMITS = { shortest: 3, longest: 40_000 };
const DEFAULT_HEIGHT = 720;

type Fields = Readonly<Record<string, unknown>>;
const isObject = (value: unknown): value is Fields => typeof value === 'object' && value !== null && !Array.isArray(value);
const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

/** Reads an order as the vendor does; what it would refuse is refused in its words. */
export function readOrder(product: Product, body: unknown): DIdOrder | SimulatedResponse {
  if (!isObject(body)) return refusal(400, 'BadRequestError', 'the body is not valid JSON');
  const unknown = Object.keys(body).find((name) => !FIELDS[product].includes(name));
  if (unknown !== undefined) return validationError(unknown, `"${unknown}" is an excess property and therefore is not allowed`);
  const person = textOf(product === 'clips' ? body['presenter_id'] : body['avatar_id']);
  if (person === undefined) return validationError(product === 'clips' ? 'presenter_id' : 'avatar_id', 'is required');
  const webhook = body['webhook'];
  if (webhook !== undefined && !(typeof webhook === 'string' && WEBHOOK.test(webhook))) return validationError('webhook', 'must be an https address');
  const script = readScript(body['script']);
  if ('status' in script) return script;
  const config = isObject(body['config']) ? body['config'] : {};
  return {
    product, person, webhook, ...script, name: textOf(body['name']), userData: textOf(body['user_data']), background: JSON.stringify(body['background'] ?? null),
    height: typeof config['output_resolution'] === 'number' ? Math.max(150, Math.min(1_080, config['output_resolution'])) : DEFAULT_HEIGHT,
  };
}

type Script = Pick<DIdOrder, 'text' | 'audioUrl' | 'subtitles' | 'voice'>;

function readScript(script: unknown): Script | SimulatedResponse {
  if (!isObject(script)) return validationError('script', 'is required');
  const subtitles = script['subtitles'] === true;
  if (script['type'] === 'audio') {
    const audioUrl = textOf(script['audio_url']);
    return audioUrl !== undefined && AUDIO_URL.test(audioUrl) ? { audioUrl, text: undefined, subtitles, voice: undefined } : validationError('script.audio_url', 'must be the address of a sound file');
  }
  if (script['type'] !== 'text') return validationError('script.type', 'must be text or audio');
  const text = textOf(script['input']) ?? '';
  if (text.length < TEXT_LIMITS.shortest || text.length > TEXT_LIMITS.longest) return validationError('script.input', 'must have 3 to 40000 characters');
  if (isRefusedContent(text)) return refusal(451, 'TextModerationError', 'The text was moderated and is not allowed');
  const provider = isObject(script['provider']) ? script['provider'] : {};
  return { text, audioUrl: undefined, subtitles, voice: textOf(provider['voice_id']) };
}
