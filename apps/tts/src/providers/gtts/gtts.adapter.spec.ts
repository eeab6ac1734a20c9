import { startSandbox } from '@tecnocursos/sandbox';
import { describeSpeechSynthesizer } from '../../testing/speech-synthesizer.contract.js';
import { TTS_PROVIDERS } from '../index.js';

const definition = TTS_PROVIDERS.find(({ id }) => id === 'gtts') as (typeof TTS_PROVIDERS)[number];

describeSpeechSynthesizer('Google Translate', { definition, startSandbox, credentials: { TERMS_ACCEPTED: 'the-terms-were-read' }, timing: 'estimated', requests: 1 });
