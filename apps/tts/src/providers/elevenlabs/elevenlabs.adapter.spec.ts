import { describe, expect, it } from '@jest/globals';
import type { SandboxCall } from '@tecnocursos/contracts';
import { startSandbox } from '@tecnocursos/sandbox';
import { describeSpeechSynthesizer } from '../../testing/speech-synthesizer.contract.js';
import { TTS_PROVIDERS } from '../index.js';

const definition = TTS_PROVIDERS.find(({ id }) => id === 'elevenlabs') as (typeof TTS_PROVIDERS)[number];

describeSpeechSynthesizer('ElevenLabs', {
  definition, startSandbox, credentials: { API_KEY: 'sk_0123456789abcdef0123456789abcdef' }, timing: 'measured', requests: 1,
});
