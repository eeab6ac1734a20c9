import type { SimulatedRequest, SimulatedResponse, SimulatorContext } from '../../simulator/vendor-simulator.js';
import { colourNamed } from '../../media/background-colours.js';
import { callWhenOver, phaseOf, RenderStore, simpleCaptions, type Render, type RenderTimes } from '../../media/render-store.js';
import type { PresenterBackground } from '../../media/presenter-video.js';
import { simulatedVideo } from '../../media/simulated-video.js';
import type { VideoSound } from '../../media/video-sound.js';
import { speak, SPOKEN_RATE } from '../../speech/speech-engine.js';
import { noCredits, notFound, refusal } from './d-id.errors.js';
import { readOrder, type DIdOrder, type Product } from './d-id.orders.js';

export interface StudioOptions extends RenderTimes {
  readonly credits: number;
  /** Milliseconds that the address of a result works for. */
  readonly resultMs: number;
}

interface Upload {
  readonly bytes: Buffer;
  readonly type: string;
  readonly milliseconds: number | undefined;
}

/** A credit pays for fifteen seconds. */
const MS_PER_CREDIT = 15_000;
const MOST_UPLOADS = 64;
const PAGE_LIMIT = 100;

/** One account: its credits, uploads and renders. */
export class Studio {
  credits: number;
  readonly uploads = new Map<string, Upload>();
  private readonly renders: Readonly<Record<Product, RenderStore<DIdOrder>>> = { clips: new RenderStore(), expressives: new RenderStore() };

  constructor(readonly options: StudioOptions) {
    this.credits = options.credits;
  }

  async create(product: Product, request: SimulatedRequest, context: SimulatorContext): Promise<SimulatedResponse> {
    const order = readOrder(product, request.json());
    if ('status' in order) return order;
    const sound = await this.soundOf(order, request.signal);
    if (sound === undefined) return refusal(400, 'BadRequestError', 'the audio cannot be fetched or read');
    const cost = Math.max(1, Math.ceil(sound.milliseconds / MS_PER_CREDIT));
    if (cost > this.credits) return noCredits();
    this.credits -= cost;
    const height = Math.round(order.height / 2) * 2;
    const presenter = { id: order.person, vendor: 'D-ID', background: this.backgroundOf(order) };
    const media = simulatedVideo({ sound: sound.sound, width: Math.round((height * 16) / 18) * 2, height, description: `${order.person} ${order.background}`, presenter });
    const id = `${product === 'clips' ? 'clp' : 'exp'}_${context.newToken(21)}`;
    const render = this.renders[product].add(id, order, this.options, media, context);
    const { webhook } = order;
    if (webhook !== undefined) callWhenOver(render, context, () => fetch(webhook, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(shown(render, context, this.options.resultMs)) }));
    return { status: 201, body: { id, object: product === 'clips' ? 'clip' : 'expressive', created_at: new Date(render.createdAt).toISOString(), status: 'created' } };
  }

  read(product: Product, id: string, context: SimulatorContext): SimulatedResponse {
    const render = this.renders[product].get(id);
    return render ? { status: 200, body: shown(render, context, this.options.resultMs) } : notFound();
  }

  list(product: Product, { query }: SimulatedRequest, context: SimulatorContext): SimulatedResponse {
    const from = Number(query.get('token') ?? 0) || 0;
    const limit = Math.min(PAGE_LIMIT, Number(query.get('limit') ?? PAGE_LIMIT) || PAGE_LIMIT);
    const all = this.renders[product].list();
    const page = all.slice(from, from + limit).map((render) => shown(render, context, this.options.resultMs));
    return { status: 200, body: { [product]: page, ...(from + limit < all.length && { token: String(from + limit) }) } };
  }

  remove(product: Product, id: string, context: SimulatorContext): SimulatedResponse {
    const render = this.renders[product].get(id);
    if (!render) return notFound();
    render.removed = true;
    return product === 'clips' ? { status: 200, body: shown(render, context, this.options.resultMs) } : { status: 204 };
  }

  /** `/files/results/{id}.mp4?expires=…`: the address of a result, which expires as a signed one does. */
  result(file: string, { query }: SimulatedRequest, context: SimulatorContext): SimulatedResponse {
    const [id = '', extension] = file.split('.');
    const render = this.renders.clips.get(id) ?? this.renders.expressives.get(id);
    const denied: SimulatedResponse = { status: 403, headers: { 'content-type': 'application/xml' }, body: '<Error><Code>AccessDenied</Code><Message>Request has expired</Message></Error>' };
    if (!render || Number(query.get('expires')) < context.now()) return denied;
    if (extension === 'vtt') return { status: 200, headers: { 'content-type': 'text/vtt' }, body: simpleCaptions(render.order.text ?? '', render.endsAt - render.startsAt) };
    return render.file ? { status: 200, headers: { 'content-type': 'video/mp4' }, body: render.file } : denied;
  }

  upload(id: string, bytes: Buffer, type: string, milliseconds: number | undefined): void {
    this.uploads.set(id, { bytes, type, milliseconds });
    const oldest = this.uploads.keys().next();
    if (this.uploads.size > MOST_UPLOADS && !oldest.done) this.uploads.delete(oldest.value);
  }

  /** What was uploaded here; addresses of others are not fetched. */
  private uploadAt(address: string | undefined): Upload | undefined {
    return this.uploads.get(/\/files\/uploads\/([^/.?]+)/.exec(address ?? '')?.[1] ?? '');
  }

  /** Of clips `{color}` or `{source_url}`, of expressives `{type, value}`. */
  private backgroundOf({ background }: DIdOrder): PresenterBackground {
    const { color, source_url: sourceUrl, value } = (JSON.parse(background) ?? {}) as Readonly<Record<string, unknown>>;
    const [named, address] = [color, sourceUrl].map((wish) => wish ?? value).map((wish) => (typeof wish === 'string' ? wish : undefined));
    return { image: this.uploadAt(address)?.bytes, colour: named === undefined ? undefined : colourNamed(named) };
  }

  private async soundOf({ text, voice, audioUrl }: DIdOrder, signal: AbortSignal): Promise<{ sound: VideoSound; milliseconds: number } | undefined> {
    if (text !== undefined) {
      const speaker = { language: voice?.startsWith('pt') === false ? 'en' : 'pt', gender: /Antonio|Guy|male/i.test(voice ?? '') ? 'male' : 'female', variant: 0 } as const;
      const { samples } = await speak([{ text, pauseMs: 200, speed: 1 }], speaker, signal);
      return { sound: { samples }, milliseconds: (samples.length / SPOKEN_RATE) * 1_000 };
    }
    const upload = this.uploadAt(audioUrl);
    return upload?.milliseconds === undefined ? undefined : { sound: { file: upload.bytes }, milliseconds: upload.milliseconds };
  }
}

const STATUS = { queued: 'created', working: 'started', done: 'done', failed: 'error' } as const;

function shown(render: Render<DIdOrder>, context: SimulatorContext, resultMs: number): object {
  const { id, order, createdAt, startsAt, endsAt } = render;
  const now = context.now();
  const status = STATUS[phaseOf(render, now)];
  const result = (extension: string): string => `${context.baseUrl}/files/results/${id}.${extension}?expires=${now + resultMs}`;
  const common = {
    id, owner_id: 'auth0|sandbox', created_at: new Date(createdAt).toISOString(), status, ...(order.name !== undefined && { name: order.name }), ...(order.webhook !== undefined && { webhook: order.webhook }),
    ...(status === 'done' && { result_url: result('mp4'), completed_at: new Date(endsAt).toISOString() }),
  };
  if (order.product === 'clips') {
    return { ...common, created_by: 'auth0|sandbox', modified_at: new Date(Math.min(now, endsAt)).toISOString(), ...(now >= startsAt && { started_at: new Date(startsAt).toISOString() }), presenter_id: order.person, config: { result_format: 'mp4' } };
  }
  return { ...common, created_by: 'auth0|sandbox', avatar_id: order.person, ...(order.userData !== undefined && { user_data: order.userData }), ...(status === 'done' && order.subtitles && { subtitles_url: result('vtt') }) };
}
