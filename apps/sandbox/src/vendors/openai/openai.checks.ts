import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js';
import { refuse, type OpenAiRefusal } from './openai.errors.js';

const ajv = new Ajv2020({ strict: false, logger: false, discriminator: true, verbose: true });

/** A check that is compiled when it is first needed. */
export type Check = () => ValidateFunction;

export function compileCheck(schema: object): Check {
  let compiled: ValidateFunction | undefined;
  return () => (compiled ??= ajv.compile(schema));
}

/** @throws OpenAiRefusal 400 in the vendor's words for the first thing that is wrong. */
export function check(compiled: Check, body: unknown): void {
  const validate = compiled();
  if (validate(body)) return;
  const error = validate.errors?.find(({ keyword }) => keyword !== 'oneOf' && keyword !== 'anyOf' && keyword !== 'if') ?? validate.errors?.[0];
  throw error ? refusalOf(error) : refuse('Invalid request body.');
}

/** @throws OpenAiRefusal 400 when the body is not a JSON object. */
export function requireObject(body: unknown): Record<string, unknown> {
  if (body === undefined) {
    throw refuse(
      "We could not parse the JSON body of your request. (HINT: This likely means you aren't using your HTTP library correctly. The OpenAI API expects a JSON payload, " +
        'but what was sent was not valid JSON. If you have trouble figuring out how to fix this, please contact us through our help center at help.openai.com.)',
    );
  }
  if (typeof body !== 'object' || body === null || Array.isArray(body)) throw refuse(`Invalid type for request body: expected an object, but got ${articled(typeName(body))} instead.`, null, 'invalid_type');
  return body as Record<string, unknown>;
}

function refusalOf({ keyword, instancePath, params, data, parentSchema }: ErrorObject): OpenAiRefusal {
  const at = dotted(instancePath);
  const limit = String((params as Record<string, unknown>)['limit'] ?? '');
  switch (keyword) {
    case 'required': {
      const name = joined(at, (params as { missingProperty: string }).missingProperty);
      return refuse(`Missing required parameter: '${name}'.`, name, 'missing_required_parameter');
    }
    case 'additionalProperties': {
      const name = joined(at, (params as { additionalProperty: string }).additionalProperty);
      return refuse(`Unknown parameter: '${name}'.`, name, 'unknown_parameter');
    }
    case 'type':
      return refuse(`Invalid type for '${at}': expected ${expected((params as { type: string | string[] }).type)}, but got ${articled(typeName(data))} instead.`, at, 'invalid_type');
    case 'enum':
      return invalidValue(at, data, (params as { allowedValues: unknown[] }).allowedValues);
    case 'const':
      return invalidValue(at, data, [(params as { allowedValue: unknown }).allowedValue]);
    case 'discriminator':
      return discriminated(at, params as { tag: string; tagValue: unknown }, parentSchema);
    case 'minimum':
      return refuse(`Invalid '${at}': ${numeric(data)} below minimum value. Expected a value >= ${limit}, but got ${String(data)} instead.`, at, `${numeric(data)}_below_min_value`);
    case 'maximum':
      return refuse(`Invalid '${at}': ${numeric(data)} above maximum value. Expected a value <= ${limit}, but got ${String(data)} instead.`, at, `${numeric(data)}_above_max_value`);
    case 'minItems':
      return refuse(`Invalid '${at}': empty array. Expected an array with minimum length ${limit}, but got an empty array instead.`, at, 'empty_array');
    case 'maxItems':
      return refuse(`Invalid '${at}': array too long. Expected an array with maximum length ${limit}, but got an array with length ${(data as unknown[]).length} instead.`, at, 'array_above_max_length');
    case 'minLength':
      return refuse(`Invalid '${at}': empty string. Expected a string with minimum length ${limit}, but got an empty string instead.`, at, 'empty_string');
    case 'maxLength':
      return refuse(`Invalid '${at}': string too long. Expected a string with maximum length ${limit}, but got a string with length ${(data as string).length} instead.`, at, 'string_above_max_length');
    case 'pattern':
      return refuse(`Invalid '${at}': string does not match pattern. Expected a string that matches the pattern '${(params as { pattern: string }).pattern}'.`, at, 'invalid_value');
    default:
      return refuse(`Invalid value for '${at}'.`, at, 'invalid_value');
  }
}

function invalidValue(at: string, data: unknown, allowed: readonly unknown[]): OpenAiRefusal {
  const names = allowed.filter((value) => value !== null).map((value) => `'${String(value)}'`);
  const listed = names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')}${names.length > 2 ? ',' : ''} and ${names.at(-1) ?? ''}`;
  return refuse(`Invalid value: '${String(data)}'. Supported values are: ${listed}.`, at, 'invalid_value');
}

function discriminated(at: string, { tag, tagValue }: { tag: string; tagValue: unknown }, schema: unknown): OpenAiRefusal {
  const name = joined(at, tag);
  if (tagValue === undefined) return refuse(`Missing required parameter: '${name}'.`, name, 'missing_required_parameter');
  const branches = (schema as { oneOf?: { properties?: Record<string, { const?: unknown }> }[] } | undefined)?.oneOf ?? [];
  return invalidValue(name, tagValue, branches.map(({ properties }) => properties?.[tag]?.const));
}

/** `/messages/0/content` → `messages[0].content`. */
const dotted = (path: string): string =>
  path.split('/').slice(1).reduce((text, part) => (/^\d+$/.test(part) ? `${text}[${part}]` : joined(text, part.replaceAll('~1', '/').replaceAll('~0', '~'))), '');
const joined = (path: string, name: string): string => (path === '' ? name : `${path}.${name}`);
const numeric = (value: unknown): string => (Number.isInteger(value) ? 'integer' : 'decimal');

function typeName(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  return typeof value === 'number' ? numeric(value) : typeof value;
}

const articled = (name: string): string => (name === 'null' ? 'null' : `${/^[aeiou]/.test(name) ? 'an' : 'a'} ${name}`);

function expected(type: string | readonly string[]): string {
  const types = (typeof type === 'string' ? type.split(',') : [...type]).filter((name) => name !== 'null').map((name) => (name === 'number' ? 'decimal' : name));
  return types.length > 1 ? `one of ${types.map(articled).join(' or ')}` : articled(types[0] ?? 'value');
}
