import { defineProvider, FREE } from '@tecnocursos/provider-kit';
import type { SpeechSynthesizer } from '../../ports/speech-synthesizer.port.js';
import { unknownFailure } from '../../wire/transport-failure.js';
import { GoogleTranslateSpeech } from './gtts.adapter.js';

/** Nothing is signed with it: an operator sets `GTTS_TERMS_ACCEPTED` to anything to say that the terms of Google allow what is done here. */
const CONSENT = 'TERMS_ACCEPTED';

export const gtts = defineProvider<SpeechSynthesizer>()({
  id: 'gtts',
  title: 'Google Translate (unofficial)',
  domain: 'tts',
  kind: 'remote',
  capabilities: ['speech'],
  variablePrefix: 'GTTS',
  credentials: [CONSENT],
  address: { live: 'https://translate.google.com', sandbox: '/gtts' },
  // Addresses that ask more are blocked.
  defaults: { priority: 50, concurrency: 2, rateLimitRpm: 60, timeoutMs: 180_000, cacheTtlS: 0 },
  prices: FREE,
  create: ({ baseUrl }, { fetch, now }) => new GoogleTranslateSpeech({ baseUrl, fetch, now }),
  toFailure: unknownFailure,
  notices: ({ mode }) =>
    mode === 'live' ? [{ severity: 'warning', text: 'This speaks to an interface that Google neither documents nor promises; it may end any day, and commercial use is not allowed. Google Cloud Text-to-Speech is the supported one.' }] : [],
});
