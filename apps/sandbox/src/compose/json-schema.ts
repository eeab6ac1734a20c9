/** The keywords of JSON Schema that structured outputs of the vendors know, and the common ones beside them. */
export interface SchemaNode {
  readonly description?: string;
  readonly type?: string | readonly string[];
  readonly properties?: Readonly<Record<string, unknown>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: unknown;
  readonly minProperties?: number;
  readonly items?: unknown;
  readonly prefixItems?: readonly unknown[];
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly uniqueItems?: boolean;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly anyOf?: readonly unknown[];
  readonly oneOf?: readonly unknown[];
  readonly allOf?: readonly unknown[];
  readonly $ref?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly pattern?: string;
  readonly format?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly exclusiveMaximum?: number;
  readonly multipleOf?: number;
  readonly nullable?: boolean;
}

const NO_LIMITS: SchemaNode = {};

export const toNode = (schema: unknown): SchemaNode => (typeof schema === 'object' && schema !== null ? schema : NO_LIMITS);

/** `#/$defs/Lesson` inside the root; a schema without limits when it points nowhere. */
export function resolveReference(root: unknown, reference: string): SchemaNode {
  let current: unknown = root;
  for (const segment of reference.replace(/^#\/?/, '').split('/').filter((part) => part !== '')) {
    const name = decodeURIComponent(segment).replaceAll('~1', '/').replaceAll('~0', '~');
    current = typeof current === 'object' && current !== null ? (current as Record<string, unknown>)[name] : undefined;
  }
  return toNode(current);
}

/** What holds when both hold. */
export function mergeNodes(left: SchemaNode, right: SchemaNode): SchemaNode {
  const { properties: _properties, required: _required, ...rest } = right;
  const merged: Record<string, unknown> = { ...left, ...rest };
  if (left.properties || right.properties) merged['properties'] = { ...left.properties, ...right.properties };
  if (left.required || right.required) merged['required'] = [...new Set([...(left.required ?? []), ...(right.required ?? [])])];
  for (const key of ['minimum', 'exclusiveMinimum', 'minLength', 'minItems'] as const) {
    const values = [left[key], right[key]].filter((value) => value !== undefined);
    if (values.length > 0) merged[key] = Math.max(...values);
  }
  for (const key of ['maximum', 'exclusiveMaximum', 'maxLength', 'maxItems'] as const) {
    const values = [left[key], right[key]].filter((value) => value !== undefined);
    if (values.length > 0) merged[key] = Math.min(...values);
  }
  return merged;
}
