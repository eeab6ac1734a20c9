import { startSandbox } from '@tecnocursos/sandbox';
import { describeSpeechSynthesizer } from '../../testing/speech-synthesizer.contract.js';
import { TTS_PROVIDERS } from '../index.js';

const definition = TTS_PROVIDERS.find(({ id }) => id === 'bark') as (typeof TTS_PROVIDERS)[number];
const credentials = { API_TOKEN: 'r8_0123456789abcdefABCDEF0123456789abcd' };

describeSpeechSynthesizer('Bark on a machine of one’s own', { definition, startSandbox, credentials, timing: 'estimated', requests: 1, environment: { BARK_PROTOCOL: 'endpoint' } });

describeSpeechSynthesizer('Bark at Replicate', { definition, startSandbox, credentials, timing: 'estimated', requests: 3, polls: true, operations: ['predictions.create'] });
