import { Controller, Module } from '@nestjs/common';
import {
  AppError, cancelVideo, createVideo, derivedId, getVideo, listClonedVoices, paintBackground, providerLists, renderLesson, servedLocally, type ProviderReport, type RequestOf, type Video,
} from '@tecnocursos/contracts';
import { RpcHandler, type CallContext } from '@tecnocursos/messaging';
import { BlobStore, type ServiceDefinition } from '@tecnocursos/nest-kit';

type Lesson = RequestOf<typeof renderLesson>;

/** What the stub of a studio does, and what it saw: set by a test, read by it. */
export const studio = {
  videoState: 'ready' as Video['state'],
  /** Errors that the next questions about a video end with, in order. */
  readErrors: [] as Error[],
  orderError: undefined as AppError | undefined,
  paintError: undefined as AppError | undefined,
  /** Orders by the key that they came with. */
  orders: new Map<string, RequestOf<typeof createVideo>>(),
  orderCalls: 0,
  /** Slides whose videos fail. */
  failing: [] as number[],
  /** Videos that are ordered and not ready, and the most there ever were of them. */
  waiting: new Set<string>(),
  mostWaiting: 0,
  canceled: [] as string[],
  painted: 0,
  lessons: [] as Lesson[],
};

export function resetStudio(): void {
  Object.assign(studio, { videoState: 'ready', readErrors: [], orderError: undefined, paintError: undefined, orders: new Map(), orderCalls: 0, failing: [], waiting: new Set(), mostWaiting: 0, canceled: [], painted: 0, lessons: [] });
}

const AT = '2026-11-25T12:00:00.000Z';
const simulated = (provider: string) => ({ ...servedLocally(provider), simulated: true });
const object = (key: string, type: string) => ({ key, content_type: type, size: 1, sha256: 'a'.repeat(64) });

const report = (id: string, mode: ProviderReport['mode']): ProviderReport => ({
  id, mode, title: id, domain: 'avatar-video', capabilities: ['avatar'], reason: '', health: 'unknown', breaker: null, resting_ms: 0, success_rate: null, calls: 0, latency_ms: {}, last_error: null, notices: [],
});

/** Whether the video is of a slide that is to fail, by the end of the key that it was ordered with. */
const isFailing = (tenantId: string, id: string): boolean => [...studio.orders.keys()].some((key) => derivedId(tenantId, key) === id && studio.failing.some((slide) => key.endsWith(`:1:${slide}`)));

function videoOf(id: string, state: Video['state'] = studio.videoState): Video {
  const ready = state === 'ready';
  return {
    id, kind: 'avatar', state, percent: ready ? 100 : 10, title: null, presenter: 'sofia', aspect: '16:9', created_at: AT, updated_at: AT, warnings: [],
    attempts: [{ number: 1, provider: 'synthesia', simulated: true, state: 'failed', detail: 'It burnt.' }, { number: 2, provider: 'd-id', simulated: true, state: ready ? 'done' : 'failed', detail: null }],
    failure: state === 'failed' ? { code: 'provider_unavailable', detail: 'Nobody could make the video.' } : null,
    result: ready ? { video: object(`videos/${id}.mp4`, 'video/mp4'), poster: object(`videos/${id}.jpg`, 'image/jpeg'), captions: null, duration_ms: 1_000, width: 1280, height: 720 } : null,
    served_by: ready ? simulated('d-id') : null,
  };
}

@Controller()
class StubStudio {
  constructor(private readonly blobs: BlobStore) {}

  @RpcHandler(providerLists['avatar-video'])
  async providers() {
    return { providers: [report('synthesia', 'sandbox'), report('d-id', 'sandbox'), report('local', 'local')] };
  }
  @RpcHandler(createVideo)
  async order(request: RequestOf<typeof createVideo>, { idempotencyKey = '', tenantId }: CallContext) {
    studio.orderCalls += 1;
    if (studio.orderError) throw studio.orderError;
    studio.orders.set(idempotencyKey, request);
    const id = derivedId(tenantId, idempotencyKey);
    studio.mostWaiting = Math.max(studio.mostWaiting, studio.waiting.add(id).size);
    return { video: videoOf(id, 'queued') };
  }
  @RpcHandler(getVideo)
  async read({ video_id: id }: RequestOf<typeof getVideo>, { tenantId }: CallContext) {
    const error = studio.readErrors.shift();
    if (error) throw error;
    const state = isFailing(tenantId, id) ? 'failed' : studio.videoState;
    if (state === 'ready' || state === 'failed') studio.waiting.delete(id);
    return { video: videoOf(id, state) };
  }
  @RpcHandler(cancelVideo)
  async cancel({ video_id: id }: RequestOf<typeof cancelVideo>) {
    studio.canceled.push(id);
    return { video: videoOf(id, 'canceled') };
  }
  @RpcHandler(paintBackground)
  async paint({ output_key: key }: RequestOf<typeof paintBackground>) {
    if (studio.paintError) throw studio.paintError;
    studio.painted += 1;
    return { image: await this.blobs.putBytes(key ?? '', Buffer.from('picture'), 'image/png'), width: 1280, height: 720, warnings: [], served_by: simulated('stability') };
  }
  @RpcHandler(renderLesson)
  async render(lesson: Lesson) {
    studio.lessons.push(lesson);
    const video = await this.blobs.putBytes(lesson.video_key, Buffer.from('video'), 'video/mp4');
    const poster = await this.blobs.putBytes(lesson.poster_key, Buffer.from('poster'), 'image/jpeg');
    const slides = lesson.slides.map((_, index) => ({ start_ms: index * 1_000, end_ms: (index + 1) * 1_000 }));
    const duration = slides.length * 1_000;
    return { video, poster, duration_ms: duration, width: 1280, height: 720, slides, chapters: [{ title: 'Título', start_ms: 0, end_ms: duration }], warnings: [], served_by: servedLocally('local') };
  }
}

@Controller()
class StubCloning {
  @RpcHandler(listClonedVoices)
  async cloned() {
    return { voices: [], next_cursor: null };
  }
}

@Module({ controllers: [StubStudio, StubCloning] })
class StubStudioModule {}

/** Stands in for avatar-video with presenters and backgrounds, and for the cloned voices of tts. */
export const STUB_STUDIO: readonly ServiceDefinition[] = [{ name: 'avatar-video', module: StubStudioModule }];
