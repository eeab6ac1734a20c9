import { ClonedVoiceSchema, cloneVoice, deleteClonedVoice, listClonedVoices, listVoices, previewVoice, RoutingSchema, VoiceConsentSchema, VoiceSchema } from '@tecnocursos/contracts';
import { z } from 'zod';
import { defineOperation } from '../http/operation.js';
import { jsonField } from '../uploads/json-field.js';

const common = { tag: 'voice', permission: 'media:generate' } as const;
const UPLOAD_MS = 600_000;
const { sample_keys: sampleKeys, remove_background_noise: removeNoise, consent, routing, ...named } = cloneVoice.request.shape;

export const listVoicesOperation = defineOperation({
  id: 'listVoices', method: 'GET', path: '/api/integrations/tts/voices', tag: 'voice', permission: 'courses:read',
  summary: listVoices.summary,
  query: listVoices.request,
  success: { status: 200, description: 'The voices', schema: z.object({ voices: z.array(VoiceSchema) }) },
});

export const previewVoiceOperation = defineOperation({
  ...common, id: 'previewVoice', method: 'GET', path: '/api/integrations/tts/voices/{voice_id}/preview',
  summary: previewVoice.summary,
  params: z.strictObject({ voice_id: previewVoice.request.shape.voice }),
  query: z.strictObject({ provider: RoutingSchema.shape.provider }),
  success: { status: 200, description: 'The sentence, with a link to its audio', schema: previewVoice.reply },
  errors: previewVoice.errors,
  deadlineMs: previewVoice.timeoutMs,
});

export const cloneVoiceOperation = defineOperation({
  ...common, id: 'cloneVoice', method: 'POST', path: '/api/integrations/tts/voices/clone',
  summary: cloneVoice.summary,
  description:
    'Send recordings as the part `file` of a multipart form, once to five times, or the keys of stored ones as JSON. Whose voice it is must have consented: who, when and to what is kept as evidence. ' +
    'Recordings sent by form are deleted when the voice could not be made.',
  body: z.strictObject({ ...named, sample_keys: sampleKeys, remove_background_noise: removeNoise, consent, routing }),
  form: z.strictObject({
    ...named, remove_background_noise: z.stringbool().default(false),
    consent: jsonField(VoiceConsentSchema, 'who consented, when and to what'),
    routing: jsonField(RoutingSchema, 'a Routing').optional(),
  }),
  requestExample: {
    name: 'Professora Ana', language: 'pt-BR', sample_keys: ['samples/ana-1.wav'],
    consent: { given_by: 'Ana Souza', given_at: '2026-11-20T12:00:00Z', statement: 'Autorizo o uso da minha voz nas aulas desta escola, até que eu revogue.' },
  },
  success: { status: 200, description: 'The voice', schema: z.object({ voice: ClonedVoiceSchema, served_by: cloneVoice.reply.shape.served_by }) },
  errors: [...cloneVoice.errors, 'payload_too_large'],
  deadlineMs: UPLOAD_MS + cloneVoice.timeoutMs,
});

export const listClonedVoicesOperation = defineOperation({
  ...common, id: 'listClonedVoices', method: 'GET', path: '/api/integrations/tts/voices/cloned',
  summary: listClonedVoices.summary,
  // The cursor is an id, and no other text gets as far as the database.
  query: listClonedVoices.request.extend({ cursor: z.uuid().optional() }),
  success: { status: 200, description: 'A page of voices', schema: listClonedVoices.reply },
});

export const deleteClonedVoiceOperation = defineOperation({
  ...common, id: 'deleteClonedVoice', method: 'DELETE', path: '/api/integrations/tts/voices/cloned/{voice_id}',
  summary: deleteClonedVoice.summary,
  params: deleteClonedVoice.request,
  success: { status: 204, description: 'The voice is gone' },
  errors: deleteClonedVoice.errors,
  deadlineMs: deleteClonedVoice.timeoutMs,
});
