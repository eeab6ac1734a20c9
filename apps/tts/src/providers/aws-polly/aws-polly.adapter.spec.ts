import { startSandbox } from '@tecnocursos/sandbox';
import { describeSpeechSynthesizer } from '../../testing/speech-synthesizer.contract.js';
import { checkRequest } from '../../testing/vendor-documents.harness.js';
import { TTS_PROVIDERS } from '../index.js';

const definition = TTS_PROVIDERS.find(({ id }) => id === 'aws-polly') as (typeof TTS_PROVIDERS)[number];
/** The pair of Amazon's own examples, which the sandbox knows the secret of. */
const credentials = { ACCESS_KEY_ID: 'AKIDEXAMPLE', SECRET_ACCESS_KEY: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY' };

describeSpeechSynthesizer('Amazon Polly', { definition, startSandbox, credentials, timing: 'measured', requests: 2, raw: true, check: checkRequest('aws-polly.openapi.json') });
