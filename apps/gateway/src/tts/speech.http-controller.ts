import { Readable } from 'node:stream';
import { Controller } from '@nestjs/common';
import { cancelSpeechBatch, createSpeechBatch, getSpeechBatch, listSpeechBatches, streamSpeech, synthesizeSpeech } from '@tecnocursos/contracts';
import { BusService } from '../bus/bus.service.js';
import type { InputOf, SuccessOf } from '../http/operation.js';
import { Operation, type Exchange } from '../http/operation.decorator.js';
import { SignedLinksService } from '../links/signed-links.service.js';
import { cancelSpeechBatchOperation, createSpeechBatchOperation, getSpeechBatchOperation, listSpeechBatchesOperation, streamSpeechOperation, synthesizeSpeechOperation } from './speech.operations.js';
import { soundOf } from './speech-sound.js';

@Controller()
export class SpeechHttpController {
  constructor(
    private readonly bus: BusService,
    private readonly links: SignedLinksService,
  ) {}

  @Operation(synthesizeSpeechOperation)
  async synthesize({ body }: InputOf<typeof synthesizeSpeechOperation>): Promise<SuccessOf<typeof synthesizeSpeechOperation>> {
    const speech = await this.bus.call(synthesizeSpeech, body);
    return { ...speech, ...(await this.links.one(speech.audio.key)) };
  }

  /** Failures before the first sound are answers with a status of their own: the headers wait for it. */
  @Operation(streamSpeechOperation)
  async stream({ body }: InputOf<typeof streamSpeechOperation>, { reply }: Exchange): Promise<Readable> {
    const parts = this.bus.stream(streamSpeech, body);
    const { value: first } = await parts.next();
    if (first?.type === 'start') reply.headers({ 'content-type': first.content_type, 'x-tc-provider': first.provider, 'x-tc-simulated': String(first.simulated) });
    return Readable.from(soundOf(parts), { objectMode: false });
  }

  @Operation(createSpeechBatchOperation)
  async createBatch({ body, headers }: InputOf<typeof createSpeechBatchOperation>, { reply }: Exchange): Promise<SuccessOf<typeof createSpeechBatchOperation>> {
    const { batch, replayed } = await this.bus.call(createSpeechBatch, { ...body, idempotency_key: headers['idempotency-key'] });
    reply.header('location', `/api/integrations/tts/batches/${batch.id}`);
    if (replayed) reply.header('idempotency-replayed', 'true');
    return batch;
  }

  @Operation(listSpeechBatchesOperation)
  listBatches({ query }: InputOf<typeof listSpeechBatchesOperation>): Promise<SuccessOf<typeof listSpeechBatchesOperation>> {
    return this.bus.call(listSpeechBatches, query);
  }

  @Operation(getSpeechBatchOperation)
  async getBatch({ params }: InputOf<typeof getSpeechBatchOperation>): Promise<SuccessOf<typeof getSpeechBatchOperation>> {
    const { batch, items } = await this.bus.call(getSpeechBatch, params);
    const { urls, expiresAt } = await this.links.of(items.flatMap(({ result }) => (result ? [result.audio.key] : [])));
    return { batch, items: items.map((item) => ({ ...item, url: (item.result && urls.get(item.result.audio.key)) ?? null })), links_expire_at: expiresAt };
  }

  @Operation(cancelSpeechBatchOperation)
  async cancelBatch({ params }: InputOf<typeof cancelSpeechBatchOperation>): Promise<SuccessOf<typeof cancelSpeechBatchOperation>> {
    return (await this.bus.call(cancelSpeechBatch, params)).batch;
  }
}
