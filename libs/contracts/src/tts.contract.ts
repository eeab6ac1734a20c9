import { z } from 'zod';
import { LanguageSchema, ObjectKeySchema, ObjectRefSchema, ServedBySchema } from './common.js';
import { defineRpc } from './rpc.js';

export const VoiceSchema = z.object({
  id: z.string().meta({ description: 'house voice, such as `francisca`' }),
  name: z.string(),
  language: LanguageSchema,
  gender: z.enum(['female', 'male']),
  age: z.enum(['young', 'adult', 'senior']),
  style: z.string(),
  premium: z.boolean(),
  default: z.boolean().meta({ description: 'the voice of its language when none is chosen' }),
});
export type Voice = z.infer<typeof VoiceSchema>;

export const AudioFormatSchema = z.enum(['wav', 'mp3', 'opus']);
export type AudioFormat = z.infer<typeof AudioFormatSchema>;

/** One written word (or number, amount, symbol) and when it is heard, in milliseconds from the start of the audio. */
export const WordTimingSchema = z.object({
  text: z.string(),
  start_ms: z.int().nonnegative(),
  end_ms: z.int().nonnegative(),
  sentence: z.int().nonnegative().meta({ description: 'index of the sentence that the word stands in' }),
});
export type WordTiming = z.infer<typeof WordTimingSchema>;

export const synthesizeSpeech = defineRpc('tts.speech.synthesize.v1', {
  summary: 'Speak a text or SSML, and store the audio',
  request: z
    .strictObject({
      text: z.string().min(1).max(20_000).optional(),
      ssml: z.string().min(1).max(40_000).optional(),
      language: LanguageSchema,
      voice: z.string().max(60).optional().meta({ description: 'house voice; the default of the language when absent' }),
      rate: z.number().min(0.5).max(2).default(1).meta({ description: 'factor on the normal speed' }),
      pitch: z.number().min(-12).max(12).default(0).meta({ description: 'semitones' }),
      format: AudioFormatSchema.default('wav'),
      output_key: ObjectKeySchema.meta({ description: 'where the audio is stored' }),
    })
    .refine((request) => (request.text === undefined) !== (request.ssml === undefined), {
      path: ['text'],
      message: 'Give either text or ssml.',
    }),
  reply: z.object({
    audio: ObjectRefSchema,
    duration_ms: z.int().nonnegative(),
    words: z.array(WordTimingSchema),
    timing: z.enum(['measured', 'estimated']).meta({ description: '`estimated`: sentences are measured, words inside them estimated' }),
    voice: z.string(),
    warnings: z.array(z.string()),
    served_by: ServedBySchema,
  }),
  timeoutMs: 60_000,
  errors: ['ssml_invalid', 'engine_missing', 'engine_failed'],
});

export const listVoices = defineRpc('tts.voice.list.v1', {
  summary: 'House voices, with filters',
  request: z.strictObject({ language: LanguageSchema.optional(), gender: z.enum(['female', 'male']).optional() }),
  reply: z.object({ voices: z.array(VoiceSchema) }),
  tenant: 'none',
});
