import { startSandbox } from '@tecnocursos/sandbox';
import { describeLanguageModel } from '../../testing/language-model.contract.js';
import { AI_PROVIDERS } from '../index.js';

const KEY = 'sk-ant-api03-0123456789abcdefghWXYZ';
const definition = AI_PROVIDERS.find(({ id }) => id === 'anthropic') as (typeof AI_PROVIDERS)[number];

describeLanguageModel('Anthropic', () => ({
  startSandbox, definition, key: KEY, vendor: 'anthropic', document: 'anthropic-2026-10-21.patched.json', notHonoured: ['temperature', 'topP', 'seed'],
}));
