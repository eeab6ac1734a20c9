import { startSandbox } from '@tecnocursos/sandbox';
import { describeLanguageModel } from '../../testing/language-model.contract.js';
import { AI_PROVIDERS } from '../index.js';

const KEY = 'AIzaSy-0123456789abcdefghijkWXYZ';
const definition = AI_PROVIDERS.find(({ id }) => id === 'gemini') as (typeof AI_PROVIDERS)[number];

describeLanguageModel('Gemini', () => ({ startSandbox, definition, key: KEY, vendor: 'gemini', document: 'gemini.json' }));
