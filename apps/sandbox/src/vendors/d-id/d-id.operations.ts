import type { SimulatedOperation, SimulatedRequest, SimulatedResponse, SimulatorContext } from '../../simulator/vendor-simulator.js';
import { fileOf, readMultipart } from '../../media/multipart.js';
import { readPictureSize } from '../../media/picture-size.js';
import { presenterPortrait } from '../../media/presenter-video.js';
import { soundMs } from '../../media/simulated-video.js';
import { notFound, refusal, validationError } from './d-id.errors.js';
import { avatarsOf, presentersOf } from './d-id.people.js';
import type { Product } from './d-id.orders.js';
import type { Studio } from './d-id.studio.js';

const QUICK = { p50: 120, p99: 900 };
const SLOW = { p50: 700, p99: 4_000 };
const AUDIO_LIMIT_BYTES = 6_000_000;
const IMAGE_LIMIT_BYTES = 10_000_000;
const PORTRAIT = 256;

export function operationsOf(studio: Studio): SimulatedOperation[] {
  const products = (['clips', 'expressives'] as const).flatMap((product) => productOperations(studio, product));
  return [
    { name: 'clips.presenters', method: 'GET', path: '/clips/presenters', latency: QUICK, handle: (request, _params, context) => presenters(request, context) },
    { name: 'expressives.avatars', method: 'GET', path: '/expressives/avatars', latency: QUICK, handle: (_request, _params, { baseUrl }) => ({ status: 200, body: { avatars: avatarsOf(baseUrl) } }) },
    ...products,
    { name: 'audios.create', method: 'POST', path: '/audios', latency: SLOW, handle: (request, _params, context) => audio(studio, request, context) },
    { name: 'images.create', method: 'POST', path: '/images', latency: SLOW, handle: (request, _params, context) => image(studio, request, context) },
    { name: 'credits', method: 'GET', path: '/credits', latency: QUICK, handle: (_request, _params, context) => credits(studio, context) },
    { name: 'files.results', method: 'GET', path: '/files/results/{file}', latency: QUICK, handle: (request, { file = '' }, context) => studio.result(file, request, context) },
    { name: 'files.uploads', method: 'GET', path: '/files/uploads/{file}', latency: QUICK, handle: (_request, { file = '' }) => uploaded(studio, file) },
    { name: 'files.presenters', method: 'GET', path: '/files/presenters/{file}', latency: QUICK, handle: (_request, { file = '' }) => ({ status: 200, headers: { 'content-type': 'image/png' }, body: presenterPortrait(file, 'D-ID', PORTRAIT) }) },
  ];
}

const productOperations = (studio: Studio, product: Product): SimulatedOperation[] => [
  { name: `${product}.create`, method: 'POST', path: `/${product}`, latency: SLOW, handle: (request, _params, context) => studio.create(product, request, context) },
  { name: `${product}.list`, method: 'GET', path: `/${product}`, latency: QUICK, handle: (request, _params, context) => studio.list(product, request, context) },
  { name: `${product}.get`, method: 'GET', path: `/${product}/{id}`, latency: QUICK, handle: (_request, { id = '' }, context) => studio.read(product, id, context) },
  { name: `${product}.delete`, method: 'DELETE', path: `/${product}/{id}`, latency: QUICK, handle: (_request, { id = '' }, context) => studio.remove(product, id, context) },
];

function presenters({ query }: SimulatedRequest, { baseUrl }: SimulatorContext): SimulatedResponse {
  const from = Number(query.get('token') ?? 0) || 0;
  const limit = Math.max(1, Math.min(100, Number(query.get('limit') ?? 100) || 100));
  const all = presentersOf(baseUrl);
  return { status: 200, body: { presenters: all.slice(from, from + limit), ...(from + limit < all.length && { token: String(from + limit) }) } };
}

async function audio(studio: Studio, request: SimulatedRequest, context: SimulatorContext): Promise<SimulatedResponse> {
  const form = await readMultipart(request);
  const file = form && (await fileOf(form, 'audio'));
  if (!file) return validationError('audio', 'is required');
  if (file.bytes.length > AUDIO_LIMIT_BYTES) return refusal(400, 'BadRequestError', 'the file is too large');
  const milliseconds = await soundMs(file.bytes);
  if (milliseconds === undefined) return refusal(415, 'UnsupportedMimeTypeError', 'unsupported mime type');
  const id = `aud_${context.newToken(21)}`;
  studio.upload(id, file.bytes, file.type, milliseconds);
  const extension = /\.(m4a|flac|mp3|mp4|wav)$/i.exec(file.fileName)?.[1] ?? 'mp3';
  return { status: 201, body: { id, url: `${context.baseUrl}/files/uploads/${id}.${extension}`, duration: milliseconds / 1_000 } };
}

async function image(studio: Studio, request: SimulatedRequest, context: SimulatorContext): Promise<SimulatedResponse> {
  const form = await readMultipart(request);
  const file = form && (await fileOf(form, 'image'));
  if (!file) return validationError('image', 'is required');
  const size = readPictureSize(file.bytes);
  if (!size || (size.format !== 'png' && size.format !== 'jpeg')) return refusal(415, 'UnsupportedMimeTypeError', 'unsupported mime type');
  if (file.bytes.length > IMAGE_LIMIT_BYTES) return refusal(400, 'BadRequestError', 'the file is too large');
  const id = `img_${context.newToken(21)}`;
  studio.upload(id, file.bytes, file.type, undefined);
  return { status: 201, body: { id, url: `${context.baseUrl}/files/uploads/${id}.${size.format === 'png' ? 'png' : 'jpg'}`, faces: [] } };
}

function uploaded(studio: Studio, file: string): SimulatedResponse {
  const upload = studio.uploads.get(file.split('.')[0] ?? '');
  return upload ? { status: 200, headers: { 'content-type': upload.type || 'application/octet-stream' }, body: upload.bytes } : notFound();
}

function credits({ credits: remaining, options }: Studio, context: SimulatorContext): SimulatedResponse {
  const at = new Date(context.now()).toISOString();
  const total = options.credits;
  const month = { owner_id: 'auth0|sandbox', created_at: at, modified_at: at, remaining, total, valid_from: at, expire_at: new Date(context.now() + 30 * 86_400_000).toISOString(), product_billing_interval: 'month' };
  return { status: 200, body: { credits: [month], remaining, total } };
}
