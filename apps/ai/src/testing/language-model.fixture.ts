import type { ContentPart, GenerationRequest, JsonSchema, ModelMessage, ToolDefinition } from '../ports/language-model.port.js';

/** A red square of 8 × 8 pixels. */
export const RED_SQUARE_PNG = 'iVBORw0KGgoAAAANSUhEUgAAAAgAAAAICAIAAABLbSncAAAAEklEQVR4nGP4z8CAFWEXHbQSACj/P8Fu7N9hAAAAAElFTkSuQmCC';
export const PICTURE_URL = 'https://example.com/aulas/celula.png';

export const PHOTOSYNTHESIS =
  'A fotossíntese transforma luz em energia química. Ela ocorre nos cloroplastos das células vegetais. A clorofila absorve a luz vermelha e a azul. ' +
  'A planta usa água e dióxido de carbono e libera oxigênio. A glicose formada alimenta a planta inteira.';

export const SUMMARY_SCHEMA: JsonSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['title', 'level', 'minutes', 'points'],
  properties: {
    title: { type: 'string' },
    level: { type: 'string', enum: ['beginner', 'advanced'] },
    minutes: { type: 'integer' },
    points: {
      type: 'array',
      items: { type: 'object', additionalProperties: false, required: ['text', 'important'], properties: { text: { type: 'string' }, important: { type: 'boolean' } } },
    },
  },
};

export const SEARCH_TOOL: ToolDefinition = {
  name: 'search_lessons',
  description: 'Searches the lessons of a course.',
  parameters: { type: 'object', additionalProperties: false, required: ['query'], properties: { query: { type: 'string' } } },
};

export const user = (...content: readonly (string | ContentPart)[]): ModelMessage => ({
  role: 'user',
  content: content.map((part) => (typeof part === 'string' ? { type: 'text', text: part } : part)),
});

/** A question about photosynthesis, with what a case adds to it. */
export const question = (model: string, more: Partial<GenerationRequest> = {}): GenerationRequest => ({
  model,
  messages: [user(`Resuma em uma frase: ${PHOTOSYNTHESIS}`)],
  ...more,
});
