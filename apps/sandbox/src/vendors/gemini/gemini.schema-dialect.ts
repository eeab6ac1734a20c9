/** Of the OpenAPI subset, numbers that protocol buffers send as text. */
const COUNTS: ReadonlySet<string> = new Set(['minItems', 'maxItems', 'minLength', 'maxLength', 'minProperties', 'maxProperties']);
const LEFT_OUT: ReadonlySet<string> = new Set(['nullable', 'propertyOrdering', 'example']);

/** `responseSchema` and `parameters` are written in a dialect of their own, with `type: "STRING"` and `nullable`: the same as JSON Schema. */
export function toJsonSchema(node: unknown): object {
  if (typeof node !== 'object' || node === null) return {};
  const entries = Object.entries(node).filter(([key]) => !LEFT_OUT.has(key)).map(([key, value]): [string, unknown] => [key, converted(key, value)]);
  const schema = Object.fromEntries(entries);
  return 'nullable' in node && node.nullable === true ? { anyOf: [schema, { type: 'null' }] } : schema;
}

function converted(key: string, value: unknown): unknown {
  if (key === 'type') return String(value).toLowerCase();
  if (COUNTS.has(key)) return Number(value);
  if (key === 'items') return toJsonSchema(value);
  if (key === 'anyOf' && Array.isArray(value)) return value.map(toJsonSchema);
  if (key === 'properties' && typeof value === 'object' && value !== null) return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, toJsonSchema(inner)]));
  return value;
}
