import { startSandbox } from '@tecnocursos/sandbox';
import { describeSpeechSynthesizer } from '../../testing/speech-synthesizer.contract.js';
import { TTS_PROVIDERS } from '../index.js';

const definition = TTS_PROVIDERS.find(({ id }) => id === 'azure-speech') as (typeof TTS_PROVIDERS)[number];

describeSpeechSynthesizer('Azure Speech', { definition, startSandbox, credentials: { KEY: '0123456789abcdef0123456789abcdef' }, timing: 'estimated', requests: 1, raw: true });
