import { createEffect, createVideo, presenterOf, type Routing } from '@tecnocursos/contracts';
import { z } from 'zod';
import type { VideoRow } from './video-view.js';

/** What is kept of a request: what the contract took, by kind. */
export const StoredRequestSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('avatar'), order: createVideo.request }),
  z.object({ kind: z.literal('effect'), order: createEffect.request }),
]);
export type StoredRequest = z.output<typeof StoredRequestSchema>;
export type AvatarRequest = Extract<StoredRequest, { kind: 'avatar' }>['order'];
export type EffectRequest = Extract<StoredRequest, { kind: 'effect' }>['order'];

export const requestOf = (video: VideoRow): StoredRequest => StoredRequestSchema.parse({ kind: video.kind, order: JSON.parse(video.request) as unknown });
export const routingOf = ({ order }: StoredRequest): Routing | undefined => order.routing;
export const presenterIdOf = (request: StoredRequest) => (request.kind === 'avatar' ? presenterOf(request.order.presenter) : null);

/** Where things of a video are stored: the same places for every try. */
export const videoKey = (videoId: string, file: 'video.mp4' | 'poster.jpg' | 'captions.vtt' | 'speech.mp3' | 'speech.json' | 'scenery.png'): string => `${videoFolder(videoId)}/${file}`;
export const videoFolder = (videoId: string): string => `avatar-videos/${videoId}`;
