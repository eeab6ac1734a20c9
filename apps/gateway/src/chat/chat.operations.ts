import { ChatCompletionSchema, ChatRequestSchema, completeChat, listChatModels, streamChat } from '@tecnocursos/contracts';
import { defineOperation } from '../http/operation.js';

const common = { tag: 'openai', permission: 'media:generate' } as const;

export const completeChatOperation = defineOperation({
  ...common, id: 'createChatCompletion', method: 'POST', path: '/v1/chat/completions',
  summary: 'Chat as OpenAI’s clients do it, answered by whichever vendor is configured',
  description:
    'Point any OpenAI client at this address with an API key of yours. `model` takes a tier (`economy`, `standard`, `premium`), a vendor’s model, or `vendor/model`. With `stream: true` the ' +
    'answer is a `text/event-stream` of chat.completion.chunk objects that ends with `data: [DONE]`. The extension `tecnocursos` of the request chooses providers, that of the answer tells who served it.',
  body: ChatRequestSchema,
  requestExample: { model: 'standard', messages: [{ role: 'user', content: 'O que é fotossíntese?' }] },
  success: {
    status: 200, description: 'The answer', schema: ChatCompletionSchema,
    stream: { contentType: 'text/event-stream', description: 'chat.completion.chunk objects, then [DONE]; an event with the member `error` in its place when the answer breaks off' },
    headers: { 'x-tc-provider': 'who answered', 'x-tc-simulated': '`true` when the sandbox stood in for the vendor', 'x-tc-cache': 'hit, miss or off' },
  },
  errors: completeChat.errors,
  deadlineMs: streamChat.timeoutMs,
});

export const listChatModelsOperation = defineOperation({
  ...common, id: 'listModels', method: 'GET', path: '/v1/models',
  summary: listChatModels.summary,
  success: { status: 200, description: 'Tiers and models', schema: listChatModels.reply },
});
