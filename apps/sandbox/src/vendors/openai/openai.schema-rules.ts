import { refuse } from './openai.errors.js';

const NAME = /^[a-zA-Z0-9_-]{1,64}$/;
/** Limits of strict structured outputs (developers.openai.com, “Structured Outputs”). */
const LARGEST_DEPTH = 10;
const MOST_PROPERTIES = 5_000;
const FORBIDDEN = ['allOf', 'not', 'dependentRequired', 'dependentSchemas', 'if', 'then', 'else', 'oneOf'];

export interface NamedSchema {
  readonly name: string;
  readonly schema: Readonly<Record<string, unknown>>;
  readonly strict?: boolean | null | undefined;
}

/**
 * The rules of `strict: true`: an object at the root, every key required, no further keys, no composition but `anyOf`.
 * @throws OpenAiRefusal 400 that names the place at fault.
 */
export function checkNamedSchema({ name, schema, strict }: NamedSchema, param: string): void {
  if (!NAME.test(name)) {
    throw refuse(`Invalid '${param}.name': string does not match pattern. Expected a string that matches the pattern '^[a-zA-Z0-9_-]+$'.`, `${param}.name`, 'invalid_value');
  }
  if (strict !== true) return;
  const refusal = (context: readonly string[], problem: string): Error =>
    refuse(`Invalid schema for response_format '${name}': In context=(${context.map((part) => `'${part}'`).join(', ')}), ${problem}`, param, 'invalid_json_schema');
  if (schema['type'] !== 'object') throw refuse(`Invalid schema for response_format '${name}': schema must be a JSON Schema of 'type: "object"', got 'type: "${String(schema['type'] ?? 'None')}"'.`, param, 'invalid_json_schema');
  let properties = 0;
  const visit = (node: unknown, context: readonly string[], depth: number): void => {
    if (typeof node !== 'object' || node === null) return;
    const place = node as Record<string, unknown>;
    const forbidden = FORBIDDEN.find((keyword) => keyword in place);
    if (forbidden !== undefined) throw refusal(context, `'${forbidden}' is not permitted.`);
    if (depth > LARGEST_DEPTH) throw refusal(context, `schema exceeds the maximum nesting depth of ${LARGEST_DEPTH}.`);
    if (isObject(place)) properties += checkObject(place, context, refusal);
    if (properties > MOST_PROPERTIES) throw refusal(context, `schema exceeds the maximum of ${MOST_PROPERTIES} properties.`);
    for (const [key, child] of Object.entries((place['properties'] as Record<string, unknown> | undefined) ?? {})) visit(child, [...context, 'properties', key], depth + 1);
    for (const [key, child] of Object.entries((place['$defs'] as Record<string, unknown> | undefined) ?? {})) visit(child, ['$defs', key], depth);
    for (const [index, child] of ((place['anyOf'] as unknown[] | undefined) ?? []).entries()) visit(child, [...context, 'anyOf', String(index)], depth);
    visit(place['items'], [...context, 'items'], depth);
  };
  visit(schema, [], 0);
}

const isObject = ({ type, properties }: Record<string, unknown>): boolean => type === 'object' || properties !== undefined || (Array.isArray(type) && type.includes('object'));

function checkObject(place: Record<string, unknown>, context: readonly string[], refusal: (context: readonly string[], problem: string) => Error): number {
  if (place['additionalProperties'] !== false) throw refusal(context, "'additionalProperties' is required to be supplied and to be false.");
  const names = Object.keys((place['properties'] as object | undefined) ?? {});
  const required = Array.isArray(place['required']) ? (place['required'] as unknown[]) : [];
  const missing = names.find((name) => !required.includes(name));
  if (missing !== undefined) throw refusal(context, `'required' is required to be supplied and to be an array including every key in properties. Missing '${missing}'.`);
  const extra = required.find((name) => !names.includes(String(name)));
  if (extra !== undefined) throw refusal(context, `'required' is required to be supplied and to be an array including every key in properties. Extra required key '${String(extra)}' supplied.`);
  return names.length;
}
