import { defineProvider, systemWait } from '@tecnocursos/provider-kit';
import { z } from 'zod';
import type { SpeechSynthesizer } from '../../ports/speech-synthesizer.port.js';
import { PollySpeech } from './aws-polly.adapter.js';
import { pollyFailure } from './aws-polly.errors.js';
import { AWS_POLLY_PRICES } from './aws-polly.prices.js';

const DEFAULT_REGION = 'us-east-1';
const addressOf = (region: string): string => `https://polly.${region}.amazonaws.com`;
const engine = (tier: string, name: 'standard' | 'neural' | 'generative') => z.enum(['standard', 'neural', 'long-form', 'generative']).default(name).meta({ description: `engine of the tier ${tier}` });

export const awsPolly = defineProvider<SpeechSynthesizer>()({
  id: 'aws-polly',
  title: 'Amazon Polly',
  domain: 'tts',
  kind: 'remote',
  capabilities: ['speech', 'stream'],
  variablePrefix: 'AWS_POLLY',
  credentials: ['ACCESS_KEY_ID', 'SECRET_ACCESS_KEY'],
  address: { live: addressOf(DEFAULT_REGION), sandbox: '/aws-polly' },
  defaults: { priority: 30, concurrency: 8, timeoutMs: 120_000, cacheTtlS: 0 },
  environment: {
    AWS_POLLY_REGION: z.string().regex(/^[a-z]{2}(-[a-z]+)+-\d$/, 'Write a region such as us-east-1.').default(DEFAULT_REGION).meta({ description: 'region that is asked, and that requests are signed for' }),
    AWS_POLLY_SPEECH_MARKS: z.enum(['true', 'false']).default('true').transform((text) => text === 'true').meta({ description: 'true: times of words are asked for, by a second call that is billed like the first; false: they are estimated' }),
    AWS_POLLY_TASK_BUCKET: z.string().regex(/^[a-z0-9][.\-a-z0-9]{1,61}[a-z0-9]$/, 'Write the name of a bucket.').optional().meta({ description: 'bucket of S3 that Polly writes long texts to (its objects may be removed after a day); long texts are spoken in parts when absent' }),
    AWS_POLLY_MODEL_ECONOMY: engine('economy', 'standard'),
    AWS_POLLY_MODEL_STANDARD: engine('standard', 'neural'),
    AWS_POLLY_MODEL_PREMIUM: engine('premium', 'generative'),
  },
  prices: AWS_POLLY_PRICES,
  create: ({ mode, baseUrl, knobs, credential, environment }, { fetch, fetchNamed, now, wait = systemWait }) =>
    new PollySpeech({
      accessKeyId: credential('ACCESS_KEY_ID').reveal(), secretAccessKey: credential('SECRET_ACCESS_KEY').reveal(), region: environment.AWS_POLLY_REGION, fetch, fetchNamed, now, wait, taskBucket: environment.AWS_POLLY_TASK_BUCKET,
      endpoint: mode === 'live' && knobs.baseUrl === undefined ? addressOf(environment.AWS_POLLY_REGION) : baseUrl, speechMarks: environment.AWS_POLLY_SPEECH_MARKS,
      models: { economy: environment.AWS_POLLY_MODEL_ECONOMY, standard: environment.AWS_POLLY_MODEL_STANDARD, premium: environment.AWS_POLLY_MODEL_PREMIUM },
    }),
  toFailure: pollyFailure,
});
