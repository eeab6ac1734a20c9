import type { SimulatedResponse } from '../../simulator/vendor-simulator.js';
import { refusal } from './synthesia.errors.js';

export interface SynthesiaScene {
  readonly avatar: string;
  readonly background: string;
  readonly text: string | undefined;
  readonly audio: string | undefined;
  readonly language: string;
}

export interface SynthesiaOrder {
  readonly scenes: readonly SynthesiaScene[];
  readonly aspectRatio: Aspect;
  readonly callbackId: string | undefined;
  readonly title: string;
  readonly visibility: 'private' | 'public';
  readonly test: boolean;
  /** As it came, for the answer. */
  readonly input: readonly unknown[];
}

const SIZES = { '16:9': [1280, 720], '9:16': [720, 1280], '1:1': [720, 720], '4:5': [720, 900], '5:4': [900, 720] } as const;
type Aspect = keyof typeof SIZES;
const FIELDS = new Set(['folderId', 'aspectRatio', 'ctaSettings', 'callbackId', 'description', 'input', 'soundtrack', 'soundSettings', 'test', 'title', 'visibility']);
const VOICE = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

export const sizeOf = ({ aspectRatio }: SynthesiaOrder): { width: number; height: number } => ({ width: SIZES[aspectRatio][0], height: SIZES[aspectRatio][1] });

type Fields = Readonly<Record<string, unknown>>;
const isObject = (value: unknown): value is Fields => typeof value === 'object' && value !== null && !Array.isArray(value);
const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

/** Reads `POST /v2/videos` as the vendor does. */
export function readOrder(body: unknown): SynthesiaOrder | SimulatedResponse {
  if (!isObject(body)) return refusal(400, 'Invalid JSON');
  const unknown = Object.keys(body).find((name) => !FIELDS.has(name));
  if (unknown !== undefined) return refusal(400, 'Validation failed', `Unknown field: ${unknown}`);
  const aspectRatio = body['aspectRatio'] ?? '16:9';
  if (typeof aspectRatio !== 'string' || !(aspectRatio in SIZES)) return refusal(400, 'Validation failed', 'aspectRatio is not one of the permitted values');
  const input = body['input'];
  if (!Array.isArray(input) || input.length === 0) return refusal(400, 'Validation failed', 'input must have at least one scene');
  const scenes = (input as unknown[]).map(readScene);
  const problem = scenes.find((scene): scene is SimulatedResponse => 'status' in scene);
  if (problem) return problem;
  return {
    scenes: scenes as SynthesiaScene[], aspectRatio: aspectRatio as Aspect, callbackId: textOf(body['callbackId']), title: textOf(body['title']) ?? 'Untitled video',
    visibility: body['visibility'] === 'public' ? 'public' : 'private', test: body['test'] === true, input: input as unknown[],
  };
}

function readScene(scene: unknown): SynthesiaScene | SimulatedResponse {
  if (!isObject(scene)) return refusal(400, 'Validation failed', 'a scene must be an object');
  const [avatar, background, text, audio] = ['avatar', 'background', 'scriptText', 'scriptAudio'].map((name) => textOf(scene[name]));
  if (avatar === undefined || background === undefined) return refusal(400, 'Validation failed', 'avatar and background are required');
  if ((text === undefined) === (audio === undefined)) return refusal(400, 'Validation failed', 'one of scriptText and scriptAudio is required');
  if (audio !== undefined && scene['scriptLanguage'] === undefined) return refusal(400, 'Validation failed', 'scriptLanguage is required with scriptAudio');
  const settings = isObject(scene['avatarSettings']) ? scene['avatarSettings'] : {};
  if (settings['voice'] !== undefined && !VOICE.test(String(settings['voice']))) return refusal(400, 'Validation failed', 'voice must be a UUID');
  return { avatar, background, text, audio, language: textOf(scene['scriptLanguage']) ?? 'en-US' };
}
