import type { SimulatedRequest, SimulatedResponse, SimulatorContext } from '../../simulator/vendor-simulator.js';
import { colourNamed } from '../../media/background-colours.js';
import { callWhenOver, isRefusedContent, phaseOf, RenderStore, simpleCaptions, type Render, type RenderTimes } from '../../media/render-store.js';
import { simulatedVideo, soundMs } from '../../media/simulated-video.js';
import type { VideoSound } from '../../media/video-sound.js';
import { speak, SPOKEN_RATE } from '../../speech/speech-engine.js';
import { refusal } from './synthesia.errors.js';
import { readOrder, sizeOf, type SynthesiaOrder } from './synthesia.orders.js';
import type { SynthesiaWebhooks } from './synthesia.webhooks.js';

export interface VideosOptions extends RenderTimes {
  /** Milliseconds that the address of a download works for. */
  readonly resultMs: number;
}

type Plan = SynthesiaOrder & { readonly milliseconds: number; readonly rejected: boolean };
const MOST_UPLOADS = 64;
const PAGE_LIMIT = 100;

/** The videos of one workspace. */
export class SynthesiaVideos {
  private readonly renders = new RenderStore<Plan>();
  private readonly uploads = new Map<string, { bytes: Buffer; milliseconds: number }>();

  constructor(
    private readonly options: VideosOptions,
    private readonly webhooks: SynthesiaWebhooks,
  ) {}

  async create(request: SimulatedRequest, context: SimulatorContext): Promise<SimulatedResponse> {
    const order = readOrder(request.json());
    if ('status' in order) return order;
    const sound = await this.soundOf(order, request.signal);
    if (!sound) return refusal(400, 'Validation failed', 'scriptAudio was not found');
    const { avatar = '', background = '' } = order.scenes[0] ?? {};
    const presenter = { id: avatar, vendor: 'Synthesia', background: { colour: colourNamed(background) } };
    const media = simulatedVideo({ sound: sound.sound, ...sizeOf(order), description: `${avatar} ${background}`, presenter });
    const rejected = order.scenes.some(({ text }) => isRefusedContent(text ?? ''));
    const render = this.renders.add(uuidOf(context), { ...order, milliseconds: sound.milliseconds, rejected }, this.options, media, context);
    callWhenOver(render, context, () => {
      const video = this.shown(render, context);
      return this.webhooks.announce(rejected || render.failed ? 'video.failed' : 'video.completed', video, context.now());
    });
    return { status: 200, body: this.shown(render, context) };
  }

  read(id: string, context: SimulatorContext): SimulatedResponse {
    const render = this.renders.get(id);
    return render ? { status: 200, body: this.shown(render, context) } : refusal(404, 'Video not found');
  }

  list({ query }: SimulatedRequest, context: SimulatorContext): SimulatedResponse {
    const offset = Number(query.get('offset') ?? 0) || 0;
    const limit = Number(query.get('limit') ?? 20) || 20;
    if (limit < 1 || limit > PAGE_LIMIT) return refusal(400, 'Validation failed', 'limit must be between 1 and 100');
    const all = this.renders.list();
    const videos = all.slice(offset, offset + limit).map((render) => this.shown(render, context));
    return { status: 200, body: { videos, ...(offset + limit < all.length && { nextOffset: offset + limit }) } };
  }

  remove(id: string): SimulatedResponse {
    const render = this.renders.get(id);
    if (!render) return refusal(404, 'Video not found');
    render.removed = true;
    return { status: 204 };
  }

  async upload({ body }: SimulatedRequest, context: SimulatorContext): Promise<SimulatedResponse> {
    const milliseconds = body.length === 0 ? undefined : await soundMs(body);
    if (milliseconds === undefined) return refusal(400, 'Validation failed', 'the body must be a sound file');
    const id = `user.${uuidOf(context)}`;
    this.uploads.set(id, { bytes: body, milliseconds });
    const oldest = this.uploads.keys().next();
    if (this.uploads.size > MOST_UPLOADS && !oldest.done) this.uploads.delete(oldest.value);
    return { status: 201, body: { id } };
  }

  file(name: string, { query }: SimulatedRequest, context: SimulatorContext): SimulatedResponse {
    const [id = '', extension] = name.split('.');
    const render = this.renders.get(id);
    if (!render?.file || Number(query.get('Expires')) < context.now()) return { status: 403, headers: { 'content-type': 'application/xml' }, body: '<Error><Code>AccessDenied</Code></Error>' };
    if (extension === 'vtt') return { status: 200, headers: { 'content-type': 'text/vtt' }, body: simpleCaptions(render.order.scenes.map(({ text }) => text ?? '').join(' '), render.order.milliseconds) };
    return { status: 200, headers: { 'content-type': 'video/mp4' }, body: render.file };
  }

  private shown(render: Render<Plan>, context: SimulatorContext): object {
    const { id, order, createdAt, endsAt } = render;
    const now = context.now();
    const phase = phaseOf(render, now);
    const status = phase === 'failed' ? 'error' : phase !== 'done' ? 'in_progress' : order.rejected ? 'rejected' : 'complete';
    const address = (extension: string): string => `${context.baseUrl}/files/${id}.${extension}?Expires=${now + this.options.resultMs}`;
    const finished = {
      download: address('mp4'), duration: `0:${String(Math.floor(order.milliseconds / 60_000)).padStart(2, '0')}:${((order.milliseconds % 60_000) / 1_000).toFixed(3).padStart(6, '0')}`, captions: { vtt: address('vtt'), srt: address('vtt') },
    };
    return {
      id, status, title: order.title, visibility: order.visibility, aspectRatio: order.aspectRatio, test: order.test, input: order.input, createdAt: Math.floor(createdAt / 1_000),
      lastUpdatedAt: Math.floor(Math.min(now, endsAt) / 1_000), ...(order.callbackId !== undefined && { callbackId: order.callbackId }), ...(status === 'complete' && finished),
    };
  }

  private async soundOf({ scenes }: SynthesiaOrder, signal: AbortSignal): Promise<{ sound: VideoSound; milliseconds: number } | undefined> {
    const [first] = scenes;
    if (first?.audio !== undefined) {
      const upload = this.uploads.get(first.audio);
      return upload && { sound: { file: upload.bytes }, milliseconds: upload.milliseconds };
    }
    const speaker = { language: first?.language.startsWith('pt') ? 'pt' : 'en', gender: 'female', variant: 1 } as const;
    const { samples } = await speak(scenes.map(({ text }) => ({ text: text ?? '', pauseMs: 300, speed: 1 })), speaker, signal);
    return { sound: { samples }, milliseconds: Math.round((samples.length / SPOKEN_RATE) * 1_000) };
  }
}

function uuidOf(context: SimulatorContext): string {
  const hex = Buffer.from(context.newToken(16), 'latin1').toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
