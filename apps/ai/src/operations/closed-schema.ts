import { z } from 'zod';
import type { JsonSchema } from '../ports/language-model.port.js';

/**
 * Keywords that some vendors refuse in structured outputs: OpenAI's strict mode `default` and lengths, Anthropic numeric and length limits. The model reads the
 * limits in the prompt, and its answer is held to them by the zod schema.
 */
const REFUSED = new Set(['$schema', 'default', 'minLength', 'maxLength', 'minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'minItems', 'maxItems', 'pattern', 'format', 'multipleOf', 'propertyNames']);

const made = new WeakMap<z.ZodType, JsonSchema>();

/** The JSON Schema of a draft as the strictest vendor wants it: closed objects, all properties required, no limits. */
export function closedSchema(schema: z.ZodType): JsonSchema {
  const known = made.get(schema);
  if (known) return known;
  const json = closed(z.toJSONSchema(schema, { target: 'draft-7', unrepresentable: 'throw' })) as JsonSchema;
  made.set(schema, json);
  return json;
}

function closed(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(closed);
  if (typeof node !== 'object' || node === null) return node;
  const entries = Object.entries(node).filter(([key]) => !REFUSED.has(key)).map(([key, value]) => [key, key === 'properties' ? closedProperties(value) : closed(value)]);
  const result = Object.fromEntries(entries) as Record<string, unknown>;
  if (result['type'] !== 'object') return result;
  return { ...result, required: Object.keys(result['properties'] ?? {}), additionalProperties: false };
}

/** Names of properties are no keywords. */
const closedProperties = (properties: unknown): unknown => Object.fromEntries(Object.entries(properties as object).map(([name, value]) => [name, closed(value)]));
