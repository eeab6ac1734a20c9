/** Shape of requests, written after the types of `@anthropic-ai/sdk` 1.12.0: what the simulator serves, and the vendor's own words refuse the rest. */
const text = { type: 'string' };
const nullable = (schema: object): object => ({ anyOf: [schema, { type: 'null' }] });
const cacheControl = nullable({ type: 'object', required: ['type'], properties: { type: { const: 'ephemeral' }, ttl: { enum: ['5m', '1h'] } }, additionalProperties: false });
const closed = (properties: Record<string, object>, required: readonly string[]): object =>
  ({ type: 'object', properties, required: [...required], additionalProperties: false });

const textBlock = closed({
  type: { const: 'text' }, text: { type: 'string', minLength: 1 }, cache_control: cacheControl, citations: nullable({ type: 'array' }),
}, ['type', 'text']);
const imageBlock = closed({
  type: { const: 'image' },
  cache_control: cacheControl,
  source: {
    type: 'object', required: ['type'], discriminator: { propertyName: 'type' },
    oneOf: [
      closed({ type: { const: 'base64' }, media_type: { enum: ['image/jpeg', 'image/png', 'image/gif', 'image/webp'] }, data: text }, ['type', 'media_type', 'data']),
      closed({ type: { const: 'url' }, url: text }, ['type', 'url']),
      closed({ type: { const: 'file' }, file_id: text }, ['type', 'file_id']),
    ],
  },
}, ['type', 'source']);
const callId = { type: 'string', pattern: '^[a-zA-Z0-9_-]+$' };
const toolUseBlock = closed({
  type: { const: 'tool_use' }, id: callId, name: text, input: { type: 'object' }, cache_control: cacheControl, caller: { type: 'object' },
}, ['type', 'id', 'name', 'input']);
const toolResultBlock = closed({
  type: { const: 'tool_result' }, tool_use_id: callId, is_error: { type: 'boolean' }, cache_control: cacheControl,
  content: { anyOf: [text, { type: 'array', items: { anyOf: [textBlock, imageBlock] } }] },
}, ['type', 'tool_use_id']);
const thinkingBlock = closed({ type: { const: 'thinking' }, thinking: text, signature: text }, ['type', 'thinking', 'signature']);
const blocks = (of: readonly object[]): object =>
  ({ type: 'array', minItems: 1, items: { type: 'object', required: ['type'], discriminator: { propertyName: 'type' }, oneOf: [...of] } });

const message = {
  type: 'object', required: ['role', 'content'], discriminator: { propertyName: 'role' },
  oneOf: [
    closed({ role: { const: 'user' }, content: { anyOf: [{ type: 'string', minLength: 1 }, blocks([textBlock, imageBlock, toolResultBlock])] } }, ['role', 'content']),
    closed({ role: { const: 'assistant' }, content: { anyOf: [text, blocks([textBlock, toolUseBlock, thinkingBlock])] } }, ['role', 'content']),
    closed({ role: { const: 'system' }, content: { anyOf: [{ type: 'string', minLength: 1 }, blocks([textBlock])] } }, ['role', 'content']),
  ],
};

const tool = closed({
  type: nullable({ const: 'custom' }), name: { type: 'string', pattern: '^[a-zA-Z0-9_-]{1,128}$' }, description: text, strict: { type: 'boolean' }, cache_control: cacheControl,
  input_schema: { type: 'object', required: ['type'], properties: { type: { const: 'object' } } }, eager_input_streaming: nullable({ type: 'boolean' }),
}, ['name', 'input_schema']);
const toolChoice = {
  type: 'object', required: ['type'], discriminator: { propertyName: 'type' },
  oneOf: [
    closed({ type: { const: 'auto' }, disable_parallel_tool_use: { type: 'boolean' } }, ['type']),
    closed({ type: { const: 'any' }, disable_parallel_tool_use: { type: 'boolean' } }, ['type']),
    closed({ type: { const: 'tool' }, name: text, disable_parallel_tool_use: { type: 'boolean' } }, ['type', 'name']),
    closed({ type: { const: 'none' } }, ['type']),
  ],
};
const outputConfig = closed({
  effort: nullable({ enum: ['low', 'medium', 'high', 'xhigh', 'max'] }),
  format: nullable(closed({ type: { const: 'json_schema' }, schema: { type: 'object' } }, ['type', 'schema'])),
}, []);

const asked = {
  model: { type: 'string', minLength: 1 },
  messages: { type: 'array', minItems: 1, items: message },
  system: { anyOf: [text, { type: 'array', items: textBlock }] },
  tools: { type: 'array', items: tool },
  tool_choice: toolChoice,
  thinking: { type: 'object', required: ['type'], properties: { type: { enum: ['adaptive', 'disabled', 'between_tools', 'enabled'] } } },
  output_config: outputConfig,
  cache_control: cacheControl,
};

const created = {
  ...asked,
  max_tokens: { type: 'integer', minimum: 1 },
  stop_sequences: { type: 'array', items: text },
  stream: { type: 'boolean' },
  metadata: closed({ user_id: nullable(text) }, []),
  service_tier: { enum: ['auto', 'standard_only'] },
  speed: nullable({ enum: ['standard', 'fast'] }),
  container: nullable(text),
  inference_geo: nullable(text),
};

/** Sampling was taken out of version 2026-10-21: even the default values are refused there. */
const sampling = { temperature: { type: 'number', minimum: 0, maximum: 1 }, top_p: { type: 'number', minimum: 0, maximum: 1 }, top_k: { type: 'integer', minimum: 0 } };

export const COUNT_SCHEMA = closed(asked, ['model', 'messages']);
export const CREATE_SCHEMA = closed(created, ['model', 'max_tokens', 'messages']);
export const CREATE_SCHEMA_2023 = closed({ ...created, ...sampling }, ['model', 'max_tokens', 'messages']);
