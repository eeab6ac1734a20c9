import { cancelSpeechBatch, createSpeechBatch, getSpeechBatch, listSpeechBatches, SpeechBatchSchema, streamSpeech, synthesizeSpeech, TimestampSchema } from '@tecnocursos/contracts';
import { z } from 'zod';
import { defineOperation } from '../http/operation.js';
import { idempotencyHeader } from '../http/idempotency-key.js';

const common = { tag: 'voice', permission: 'media:generate' } as const;
const byId = z.strictObject({ batch_id: z.uuid() });

/** Where audio is stored is ours to say: a key of the caller's could name an object of a course. */
const SpeechBodySchema = z.strictObject(synthesizeSpeech.request.shape).omit({ output_key: true });
const BatchItemBodySchema = z.strictObject(createSpeechBatch.request.shape.items.element.shape).omit({ output_key: true });

export const synthesizeSpeechOperation = defineOperation({
  ...common, id: 'synthesizeSpeech', method: 'POST', path: '/api/integrations/tts/synthesize',
  summary: 'Speak a text or SSML; the same speech is made once',
  description: 'Give `text` or `ssml`. Word times are `measured` or `estimated`, as `timing` says. What a vendor could not honour is in `warnings`.',
  body: SpeechBodySchema,
  requestExample: { text: 'A água ferve a cem graus.', language: 'pt-BR', voice: 'francisca', format: 'mp3' },
  success: {
    status: 200, description: 'The speech, with a link to its audio',
    schema: synthesizeSpeech.reply.extend({ url: z.url().meta({ description: 'of the audio; signed, expiring' }), expires_at: TimestampSchema }),
    headers: { 'x-tc-provider': 'who spoke', 'x-tc-simulated': '`true` when the sandbox stood in for the vendor', 'x-tc-cache': 'hit, miss or off' },
  },
  errors: synthesizeSpeech.errors,
  deadlineMs: synthesizeSpeech.timeoutMs + 10_000,
});

export const streamSpeechOperation = defineOperation({
  ...common, id: 'streamSpeech', method: 'POST', path: '/api/integrations/tts/stream',
  summary: streamSpeech.summary,
  description: 'MP3, as it comes; 600 spoken characters at most. A stream that ends without its last chunk broke off.',
  body: z.strictObject(streamSpeech.request.shape),
  requestExample: { text: 'Muito bem! Vamos para a próxima pergunta.', language: 'pt-BR', voice: 'thalita' },
  success: {
    status: 200, description: 'The sound', contentType: 'audio/mpeg',
    headers: { 'x-tc-provider': 'who speaks', 'x-tc-simulated': '`true` when the sandbox stands in for the vendor' },
  },
  errors: streamSpeech.errors,
  deadlineMs: streamSpeech.timeoutMs,
});

export const createSpeechBatchOperation = defineOperation({
  ...common, id: 'createSpeechBatch', method: 'POST', path: '/api/integrations/tts/synthesize/batch',
  summary: createSpeechBatch.summary,
  headers: idempotencyHeader('a key of your own: the same request with the same key makes one batch, however often it is sent'),
  body: z.strictObject({ items: z.array(BatchItemBodySchema).min(1).max(500) }),
  requestExample: { items: [{ id: 'slide-1', text: 'Bom dia.', language: 'pt-BR' }, { id: 'slide-2', text: 'Até amanhã.', language: 'pt-BR' }] },
  success: {
    status: 202, description: 'The batch is being spoken', schema: SpeechBatchSchema,
    headers: { location: 'path of the batch', 'idempotency-replayed': '`true` when an earlier request with the same key made the batch' },
  },
  errors: createSpeechBatch.errors,
});

export const listSpeechBatchesOperation = defineOperation({
  ...common, id: 'listSpeechBatches', method: 'GET', path: '/api/integrations/tts/batches',
  summary: listSpeechBatches.summary,
  // The cursor is an id, and no other text gets as far as the database.
  query: listSpeechBatches.request.extend({ cursor: z.uuid().optional() }),
  success: { status: 200, description: 'A page of batches', schema: listSpeechBatches.reply },
});

export const getSpeechBatchOperation = defineOperation({
  ...common, id: 'getSpeechBatch', method: 'GET', path: '/api/integrations/tts/batches/{batch_id}',
  summary: getSpeechBatch.summary,
  params: byId,
  success: {
    status: 200, description: 'The batch, with links to what is spoken',
    schema: getSpeechBatch.reply.extend({
      items: z.array(getSpeechBatch.reply.shape.items.element.extend({ url: z.url().nullable().meta({ description: 'of the audio; signed, expiring; null until it is spoken' }) })),
      links_expire_at: TimestampSchema.nullable(),
    }),
  },
  errors: getSpeechBatch.errors,
});

export const cancelSpeechBatchOperation = defineOperation({
  ...common, id: 'cancelSpeechBatch', method: 'POST', path: '/api/integrations/tts/batches/{batch_id}/cancel',
  summary: cancelSpeechBatch.summary,
  params: byId,
  success: { status: 200, description: 'The batch', schema: SpeechBatchSchema },
  errors: cancelSpeechBatch.errors,
});
