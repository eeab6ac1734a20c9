import { listVoices } from '@tecnocursos/contracts';
import { defineOperation } from '../http/operation.js';

export const listVoicesOperation = defineOperation({
  id: 'listVoices', method: 'GET', path: '/api/integrations/tts/voices', tag: 'voice', access: 'key',
  summary: listVoices.summary,
  query: listVoices.request,
  success: { status: 200, description: 'The voices', schema: listVoices.reply },
});
