import { z } from 'zod';
import { PROVIDER_ERRORS } from './ai.contract.js';
import { CostSchema, LanguageSchema, ObjectKeySchema, ObjectRefSchema, PageQuerySchema, ServedBySchema, TimestampSchema } from './common.js';
import { RoutingSchema } from './routing.contract.js';
import { defineEvent, defineJob, defineRpc, defineStream } from './rpc.js';

const GenderSchema = z.enum(['female', 'male']);
const AgeSchema = z.enum(['young', 'adult', 'senior']);

export const VoiceSchema = z.object({
  id: z.string().meta({ description: 'house voice, such as `francisca`' }),
  name: z.string(),
  language: LanguageSchema,
  gender: GenderSchema,
  age: AgeSchema,
  style: z.string(),
  premium: z.boolean(),
  default: z.boolean().meta({ description: 'the voice of its language when none is chosen' }),
});
export type Voice = z.infer<typeof VoiceSchema>;

/** `ogg` is Opus in an Ogg container; `pcm` is raw: signed, 16 bits, little-endian, mono, without a header. */
export const AudioFormatSchema = z.enum(['wav', 'mp3', 'ogg', 'pcm']);
export type AudioFormat = z.infer<typeof AudioFormatSchema>;

export const SampleRateSchema = z.union([8_000, 16_000, 22_050, 24_000, 44_100, 48_000].map((rate) => z.literal(rate))).meta({ description: 'hertz' });
export type SampleRate = z.infer<typeof SampleRateSchema>;

/** One written word (or number, amount, symbol) and when it is heard, in milliseconds from the start of the audio. */
export const WordTimingSchema = z.object({
  text: z.string(),
  start_ms: z.int().nonnegative(),
  end_ms: z.int().nonnegative(),
  sentence: z.int().nonnegative().meta({ description: 'index of the sentence that the word stands in' }),
});
export type WordTiming = z.infer<typeof WordTimingSchema>;

export const TimingSchema = z.enum(['measured', 'estimated']).meta({
  description: '`measured`: taken from the audio or told by the vendor; `estimated`: some words were placed by their length between points that are known',
});

const share = z.number().min(0).max(1);
const spoken = {
  text: z.string().min(1).max(20_000).optional(),
  ssml: z.string().min(1).max(40_000).optional(),
  language: LanguageSchema,
  voice: z.string().max(60).optional().meta({ description: 'house voice, or the id of a cloned voice; the default of the language when absent' }),
  rate: z.number().min(0.5).max(2).default(1).meta({ description: 'factor on the normal speed' }),
  pitch: z.number().min(-12).max(12).default(0).meta({ description: 'semitones' }),
  stability: share.optional().meta({ description: 'evenness of the delivery, 1 is the evenest; where the vendor knows it' }),
  similarity: share.optional().meta({ description: 'likeness to the original of the voice; where the vendor knows it' }),
  routing: RoutingSchema.optional().meta({ description: 'who speaks; `tier` or `model` choose the model' }),
};
const encoded = {
  format: AudioFormatSchema.default('wav'),
  sample_rate: SampleRateSchema.optional().meta({ description: "hertz; the provider's own when absent (48,000 for ogg)" }),
};

const isOneOf = (request: { text?: string | undefined; ssml?: string | undefined }): boolean => (request.text === undefined) !== (request.ssml === undefined);
const ONE_OF = { path: ['text'], message: 'Give either text or ssml.' };
const opusCan = ({ format, sample_rate: rate }: { format: AudioFormat; sample_rate?: number | undefined }): boolean => format !== 'ogg' || (rate !== 22_050 && rate !== 44_100);
const OPUS = { path: ['sample_rate'], message: 'Opus has no 22,050 and 44,100 Hz; use 8000, 16000, 24000 or 48000.' };

const ERRORS = ['ssml_invalid', 'engine_missing', 'engine_failed', ...PROVIDER_ERRORS] as const;

const SpeechReplySchema = z.object({
  audio: ObjectRefSchema,
  duration_ms: z.int().nonnegative(),
  words: z.array(WordTimingSchema),
  timing: TimingSchema,
  voice: z.string(),
  warnings: z.array(z.string()),
  served_by: ServedBySchema,
});

export const synthesizeSpeech = defineRpc('tts.speech.synthesize.v1', {
  summary: 'Speak a text or SSML, and store the audio; the same speech of the same tenant is made once',
  request: z
    .strictObject({
      ...spoken,
      ...encoded,
      output_key: ObjectKeySchema.optional().meta({ description: 'where the audio is stored; a key made of its content when absent' }),
    })
    .refine(isOneOf, ONE_OF)
    .refine(opusCan, OPUS),
  reply: SpeechReplySchema,
  timeoutMs: 180_000,
  errors: [...ERRORS, 'not_found'],
});

export const SpeechStreamPartSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('start'), content_type: z.literal('audio/mpeg'), provider: z.string(), simulated: z.boolean() }),
  z.object({ type: z.literal('audio'), base64: z.base64() }),
  z.object({ type: z.literal('end'), cost: CostSchema }),
]);
export type SpeechStreamPart = z.infer<typeof SpeechStreamPartSchema>;

export const streamSpeech = defineStream('tts.speech.stream.v1', {
  summary: 'Speak a short text, heard while it is being spoken; nothing is stored',
  request: z.strictObject({ ...spoken }).refine(isOneOf, ONE_OF),
  part: SpeechStreamPartSchema,
  timeoutMs: 120_000,
  errors: [...ERRORS, 'not_found'],
});

export const listVoices = defineRpc('tts.voice.list.v1', {
  summary: 'House voices, with filters',
  request: z.strictObject({
    language: LanguageSchema.optional(),
    gender: GenderSchema.optional(),
    age: AgeSchema.optional(),
    style: z.string().max(60).optional().meta({ description: 'words of the style: `lessons`, `friendly`' }),
    premium: z.stringbool().or(z.boolean()).optional(),
  }),
  reply: z.object({ voices: z.array(VoiceSchema) }),
  tenant: 'none',
});

export const previewVoice = defineRpc('tts.voice.preview.v1', {
  summary: 'A sentence in a house or cloned voice; made at the first request of the tenant, kept for the next ones',
  request: z.strictObject({ voice: z.string().min(1).max(60), routing: RoutingSchema.optional() }),
  reply: z.object({
    voice: z.string(), text: z.string(), audio: ObjectRefSchema, duration_ms: z.int().nonnegative(),
    url: z.url().meta({ description: 'signed, expiring' }), expires_at: TimestampSchema, served_by: ServedBySchema,
  }),
  timeoutMs: 60_000,
  errors: [...ERRORS, 'not_found'],
});

/** Who allowed that a voice is copied. Kept as evidence for as long as the voice exists, and after it was deleted. */
export const VoiceConsentSchema = z.strictObject({
  given_by: z.string().trim().min(3).max(200).meta({ description: 'full name of the person whose voice it is' }),
  given_at: TimestampSchema,
  statement: z.string().trim().min(40).max(4_000).meta({ description: 'what the person agreed to, in their own words' }),
});

export const ClonedVoiceSchema = z.object({
  id: z.uuid().meta({ description: 'what `voice` takes' }),
  name: z.string(),
  language: LanguageSchema,
  description: z.string().nullable(),
  provider: z.string(),
  simulated: z.boolean(),
  samples: z.array(z.object({ key: ObjectKeySchema, duration_ms: z.int().positive(), sha256: z.string() })),
  consent: VoiceConsentSchema,
  created_at: TimestampSchema,
});
export type ClonedVoice = z.infer<typeof ClonedVoiceSchema>;

export const cloneVoice = defineRpc('tts.voice.clone.v1', {
  summary: 'Make a voice out of recordings of a person who has consented',
  request: z.strictObject({
    name: z.string().trim().min(1).max(60),
    language: LanguageSchema,
    description: z.string().trim().max(500).optional(),
    sample_keys: z.array(ObjectKeySchema).min(1).max(10).meta({ description: 'stored recordings: WAV, MP3, OGG, M4A or FLAC; 10 s to 5 min each, 30 s in all at least' }),
    remove_background_noise: z.boolean().default(false),
    consent: VoiceConsentSchema,
    routing: RoutingSchema.optional(),
  }),
  reply: z.object({ voice: ClonedVoiceSchema, served_by: ServedBySchema }),
  timeoutMs: 180_000,
  errors: [...PROVIDER_ERRORS, 'not_found', 'unsupported_media_type', 'engine_missing'],
});

export const listClonedVoices = defineRpc('tts.voice.list-cloned.v1', {
  summary: "The tenant's cloned voices, newest first",
  request: PageQuerySchema,
  reply: z.object({ voices: z.array(ClonedVoiceSchema), next_cursor: z.string().nullable() }),
});

export const deleteClonedVoice = defineRpc('tts.voice.delete.v1', {
  summary: 'Delete a cloned voice, here and at the vendor; the consent stays on record',
  request: z.strictObject({ voice_id: z.uuid() }),
  reply: z.object({ deleted: z.literal(true) }),
  timeoutMs: 60_000,
  errors: [...PROVIDER_ERRORS, 'not_found'],
});

const BatchItemInputSchema = z
  .strictObject({
    id: z.string().min(1).max(100).regex(/^[A-Za-z0-9][A-Za-z0-9._-]*$/, 'Use letters, digits, ".", "_" and "-".').meta({ description: "the caller's own name of it, unique within the batch" }),
    ...spoken, ...encoded,
    output_key: ObjectKeySchema.optional(),
  })
  .refine(isOneOf, ONE_OF)
  .refine(opusCan, OPUS);
export type SpeechBatchItemInput = z.output<typeof BatchItemInputSchema>;

const StateSchema = z.enum(['waiting', 'running', 'done', 'failed', 'canceled']);
export const SpeechBatchItemSchema = z.object({
  id: z.string(),
  state: StateSchema,
  attempts: z.int().nonnegative(),
  result: SpeechReplySchema.nullable(),
  error: z.object({ code: z.string(), detail: z.string() }).nullable(),
});

export const SpeechBatchSchema = z.object({
  id: z.uuid(),
  state: z.enum(['running', 'done', 'failed', 'canceled']).meta({ description: '`failed`: all is over and at least one item failed' }),
  total: z.int().positive(),
  done: z.int().nonnegative(),
  failed: z.int().nonnegative(),
  progress: z.number().min(0).max(1),
  cost: CostSchema,
  created_at: TimestampSchema,
  updated_at: TimestampSchema,
});
export type SpeechBatch = z.infer<typeof SpeechBatchSchema>;
const oneBatch = z.object({ batch: SpeechBatchSchema, items: z.array(SpeechBatchItemSchema) });
const byId = z.strictObject({ batch_id: z.uuid() });

export const createSpeechBatch = defineRpc('tts.batch.create.v1', {
  summary: 'Speak many texts in the background, each of them once',
  request: z.strictObject({
    idempotency_key: z.string().min(1).max(255).optional(),
    items: z.array(BatchItemInputSchema).min(1).max(500).refine((items) => new Set(items.map(({ id }) => id)).size === items.length, 'Each item needs an id of its own.'),
  }),
  reply: z.object({ batch: SpeechBatchSchema, replayed: z.boolean() }),
  timeoutMs: 15_000,
  errors: ['ssml_invalid', 'idempotency_key_reused', 'not_found'],
});

export const getSpeechBatch = defineRpc('tts.batch.get.v1', { summary: 'A batch with its items, in their order', request: byId, reply: oneBatch, errors: ['not_found'] });

export const listSpeechBatches = defineRpc('tts.batch.list.v1', {
  summary: "The tenant's batches, newest first",
  request: PageQuerySchema,
  reply: z.object({ batches: z.array(SpeechBatchSchema), next_cursor: z.string().nullable() }),
});

export const cancelSpeechBatch = defineRpc('tts.batch.cancel.v1', {
  summary: 'Stop a batch; what is done stays', request: byId, reply: z.object({ batch: SpeechBatchSchema }), errors: ['not_found', 'conflict'],
});

export const speechBatchProgressed = defineEvent('events.tts.batch.progressed.v1', {
  summary: 'An item of a batch ended, or the batch did; the tenant is in the headers',
  payload: z.object({ batch: SpeechBatchSchema, item: z.object({ id: z.string(), state: StateSchema }).optional() }),
});

export const runSpeechBatchItem = defineJob('jobs.tts.batch-item.run.v1', {
  summary: 'Speak one item of a batch',
  payload: z.strictObject({ item_id: z.uuid(), tenant_id: z.uuid() }),
});
