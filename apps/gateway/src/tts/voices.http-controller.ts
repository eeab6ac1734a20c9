import { Controller } from '@nestjs/common';
import { cloneVoice, deleteClonedVoice, listClonedVoices, listVoices, previewVoice } from '@tecnocursos/contracts';
import type { FastifyRequest } from 'fastify';
import { BusService } from '../bus/bus.service.js';
import type { InputOf, SuccessOf } from '../http/operation.js';
import { Operation, type Exchange } from '../http/operation.decorator.js';
import { StoredForms } from '../uploads/stored-form.service.js';
import { cloneVoiceOperation, deleteClonedVoiceOperation, listClonedVoicesOperation, listVoicesOperation, previewVoiceOperation } from './voices.operations.js';

/** Recordings in one form. */
const MOST_SAMPLES = 5;

@Controller()
export class VoicesHttpController {
  constructor(
    private readonly bus: BusService,
    private readonly forms: StoredForms,
  ) {}

  @Operation(listVoicesOperation)
  list({ query }: InputOf<typeof listVoicesOperation>): Promise<SuccessOf<typeof listVoicesOperation>> {
    return this.bus.call(listVoices, query);
  }

  @Operation(previewVoiceOperation)
  preview({ params, query: { provider } }: InputOf<typeof previewVoiceOperation>): Promise<SuccessOf<typeof previewVoiceOperation>> {
    return this.bus.call(previewVoice, { voice: params.voice_id, ...(provider !== undefined && { routing: { provider } }) });
  }

  @Operation(cloneVoiceOperation)
  clone({ body }: InputOf<typeof cloneVoiceOperation>, { request }: Exchange): Promise<SuccessOf<typeof cloneVoiceOperation>> {
    return body ? this.bus.call(cloneVoice, body) : this.cloneUploaded(request);
  }

  @Operation(listClonedVoicesOperation)
  listCloned({ query }: InputOf<typeof listClonedVoicesOperation>): Promise<SuccessOf<typeof listClonedVoicesOperation>> {
    return this.bus.call(listClonedVoices, query);
  }

  @Operation(deleteClonedVoiceOperation)
  async remove({ params }: InputOf<typeof deleteClonedVoiceOperation>): Promise<void> {
    await this.bus.call(deleteClonedVoice, params);
  }

  private cloneUploaded(request: FastifyRequest): Promise<SuccessOf<typeof cloneVoiceOperation>> {
    const form = { schema: cloneVoiceOperation.form, maxFiles: MOST_SAMPLES, folder: 'samples', contentType: /^audio\// };
    return this.forms.with(request, form, (fields, keys) => this.bus.call(cloneVoice, { ...fields, sample_keys: [...keys] }));
  }
}
