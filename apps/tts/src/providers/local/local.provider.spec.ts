import { describeSpeechSynthesizer } from '../../testing/speech-synthesizer.contract.js';
import { TTS_PROVIDERS } from '../index.js';

const definition = TTS_PROVIDERS.find(({ id }) => id === 'local') as (typeof TTS_PROVIDERS)[number];

describeSpeechSynthesizer('espeak-ng', { definition, credentials: {}, timing: 'measured', requests: 0 });
