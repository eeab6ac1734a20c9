import { ProviderFailure } from '@tecnocursos/provider-kit';
import type { BackgroundOrder, BackgroundPainter, PaintedBackground } from '../../ports/background-painter.port.js';
import type { VendorHttp } from '../../wire/vendor-http.js';
import { CREDITS, toStability, type StabilityModel } from './stability.mapper.js';

const PNG_SIGNATURE = Buffer.from('89504e470d0a1a0a', 'hex');

/** Stable Image over REST: a multipart form goes in, a PNG comes out. */
export class StabilityBackgroundPainter implements BackgroundPainter {
  /** Other languages are refused: `invalid_language`. */
  readonly languages = ['en'] as const;

  constructor(
    private readonly http: VendorHttp,
    private readonly model: StabilityModel,
  ) {}

  estimate(_order: BackgroundOrder) {
    return { model: this.model, usage: { credits: CREDITS[this.model] } };
  }

  async paint(order: BackgroundOrder, signal: AbortSignal): Promise<PaintedBackground> {
    const { bytes, header } = await this.http.bytes('POST', `/v2beta/stable-image/generate/${this.model}`, { form: toStability(order), headers: { accept: 'image/*' }, signal });
    const billed = this.estimate(order);
    // A blurred picture is sent as a success, and is billed.
    if (header('finish-reason') === 'CONTENT_FILTERED') throw new ProviderFailure('content_policy', 'Stability blurred the picture for its content.', billed);
    if (!bytes.subarray(0, PNG_SIGNATURE.length).equals(PNG_SIGNATURE)) throw new ProviderFailure('malformed', 'Stability sent something that is no picture.', billed);
    return { bytes, contentType: 'image/png', ...billed, warnings: [] };
  }
}
