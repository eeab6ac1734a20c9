import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';

/** What went over the wire: bodies already parsed. */
export interface Exchange {
  readonly request?: unknown;
  readonly response?: { readonly status: number; readonly body: unknown };
}

interface Operation {
  readonly requestBody?: { readonly content?: Record<string, unknown> };
  readonly responses?: Record<string, { readonly content?: Record<string, unknown> }>;
}

interface Document {
  readonly servers?: readonly { readonly url: string }[];
  readonly paths: Record<string, Record<string, Operation>>;
}

interface LoadedSpec {
  readonly id: string;
  readonly document: Document;
  readonly ajv: Ajv2020;
  readonly compiled: Map<string, ValidateFunction>;
}

const REPOSITORY = fileURLToPath(new URL('../../../../', import.meta.url));
const FOLDER = resolve(REPOSITORY, process.env['VENDOR_SPECS'] ?? '../shared/specs');
const MOST_PROBLEMS = 8;
const loaded = new Map<string, LoadedSpec>();
let hasWarned = false;

/** Whether the vendors' OpenAPI documents are at hand; says so once on the console when they are not. */
export function hasVendorSpecs(): boolean {
  const isThere = existsSync(FOLDER);
  if (!isThere && !hasWarned) {
    hasWarned = true;
    console.warn(`No vendor documents at VENDOR_SPECS (${FOLDER}): bodies are not checked against them; everything else is tested.`);
  }
  return isThere;
}

/**
 * Checks bodies against a vendor's OpenAPI document: `validateExchange('openai.json', 'POST', '/v1/responses', { request, response })`.
 * Answers with what is wrong, nothing when all is well or when the documents are not at hand. A status that the document does not know is not checked.
 */
export function validateExchange(specFile: string, method: string, path: string, { request, response }: Exchange): string[] {
  if (!hasVendorSpecs()) return [];
  const spec = load(specFile);
  const template = findTemplate(spec.document, method.toLowerCase(), path);
  if (template === undefined) return [`${specFile} has no ${method} ${path}`];
  const operation = spec.document.paths[template]?.[method.toLowerCase()] ?? {};
  const pointer = ['paths', template, method.toLowerCase()];
  const problems: string[] = [];
  if (request !== undefined && operation.requestBody) {
    problems.push(...validateAt(spec, [...pointer, 'requestBody', 'content', jsonType(operation.requestBody.content), 'schema'], request, 'request'));
  }
  if (response === undefined) return problems;
  const status = String(response.status) in (operation.responses ?? {}) ? String(response.status) : 'default';
  const content = operation.responses?.[status]?.content;
  if (content) problems.push(...validateAt(spec, [...pointer, 'responses', status, 'content', jsonType(content), 'schema'], response.body, 'response'));
  return problems;
}

/** Checks one value against a schema of the document by name: `validateNamed('openai.json', 'ResponseStreamEvent', event)`. */
export function validateNamed(specFile: string, schemaName: string, value: unknown): string[] {
  return hasVendorSpecs() ? validateAt(load(specFile), ['components', 'schemas', schemaName], value, schemaName) : [];
}

function load(specFile: string): LoadedSpec {
  const known = loaded.get(specFile);
  if (known) return known;
  const id = `https://vendor-specs.example/${specFile}`;
  const document = toJsonSchema(JSON.parse(readFileSync(resolve(FOLDER, specFile), 'utf8'))) as Document;
  const ajv = new Ajv2020({ strict: false, logger: false, validateSchema: false, unicodeRegExp: false, allErrors: true });
  addFormats.default(ajv);
  ajv.addSchema({ ...document, $id: id });
  const spec = { id, document, ajv, compiled: new Map<string, ValidateFunction>() };
  loaded.set(specFile, spec);
  return spec;
}

function validateAt(spec: LoadedSpec, pointer: readonly string[], value: unknown, label: string): string[] {
  const reference = `${spec.id}#/${pointer.map((part) => encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1'))).join('/')}`;
  let validate = spec.compiled.get(reference);
  if (!validate) spec.compiled.set(reference, (validate = spec.ajv.compile({ $ref: reference })));
  return validate(value) ? [] : (validate.errors ?? []).slice(0, MOST_PROBLEMS).map((error) => `${label}${describe(error)}`);
}

const describe = ({ instancePath, message, params }: ErrorObject): string => `${instancePath} ${message ?? ''} ${JSON.stringify(params)}`;

function jsonType(content: Record<string, unknown> | undefined): string {
  const types = Object.keys(content ?? {});
  return types.find((type) => type === 'application/json') ?? types.find((type) => type.includes('json')) ?? types[0] ?? 'application/json';
}

/** The path as it is, then without what the servers' addresses end with, then without any version in front. */
function findTemplate(document: Document, method: string, path: string): string | undefined {
  const prefixes = (document.servers ?? []).map(({ url }) => url.replace(/^https?:\/\/[^/]+/, '').replace(/\/$/, '')).filter((prefix) => prefix !== '' && path.startsWith(prefix));
  const candidates = [path, ...prefixes.map((prefix) => path.slice(prefix.length)), path.replace(/^\/v\d\w*(?=\/)/, ''), path.replace(/^\/v\d\w*(?=\/)/, '/v1beta')];
  for (const segment of ['[^/]+', '.+']) {
    for (const candidate of candidates) {
      const found = Object.keys(document.paths)
        .filter((template) => method in (document.paths[template] ?? {}) && expressionOf(template, segment).test(candidate))
        .sort((left, right) => left.split('{').length - right.split('{').length)[0];
      if (found !== undefined) return found;
    }
  }
  return undefined;
}

const expressionOf = (template: string, segment: string): RegExp =>
  new RegExp(`^${template.split(/\{[^}]+\}/).map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join(segment)}$`);

/**
 * OpenAPI 3.0's `nullable` and boolean `exclusiveMinimum` become JSON Schema; `oneOf` becomes `anyOf`, because branches of the vendors' documents overlap
 * (OpenAI's input items match two at once); `discriminator` is left out, for it only helps generators.
 */
function toJsonSchema(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(toJsonSchema);
  if (typeof node !== 'object' || node === null) return node;
  const { nullable, discriminator, oneOf, exclusiveMinimum, exclusiveMaximum, ...rest } = node as Record<string, unknown>;
  const converted = Object.fromEntries(Object.entries(rest).map(([key, value]) => [key, toJsonSchema(value)]));
  if (typeof discriminator === 'object' && discriminator !== null && !('propertyName' in discriminator)) converted['discriminator'] = toJsonSchema(discriminator);
  for (const [key, value, limit] of [['exclusiveMinimum', exclusiveMinimum, 'minimum'], ['exclusiveMaximum', exclusiveMaximum, 'maximum']] as const) {
    if (value === undefined || value === false) continue;
    converted[key] = value === true ? converted[limit] : toJsonSchema(value);
  }
  if (Array.isArray(oneOf)) {
    const branches = oneOf.map(toJsonSchema);
    return withNull('anyOf' in converted ? { allOf: [converted, { anyOf: branches }] } : { ...converted, anyOf: branches }, nullable);
  }
  return withNull(oneOf === undefined ? converted : { ...converted, oneOf: toJsonSchema(oneOf) }, nullable);
}

function withNull(schema: Record<string, unknown>, nullable: unknown): Record<string, unknown> {
  if (nullable === undefined || nullable === false) return schema;
  return nullable === true ? { anyOf: [schema, { type: 'null' }] } : { ...schema, nullable: toJsonSchema(nullable) };
}
