import { ERROR_CODES, type ErrorCode } from '@tecnocursos/contracts';
import type { z } from 'zod';
import { isPublic, type OperationDefinition } from '../http/operation.js';
import { PROBLEM_CONTENT_TYPE } from '../http/problem.js';
import { inputSchema, responseSchemas, type JsonSchema } from './json-schemas.js';
import { OPERATIONS } from './operations.js';

const VERSION = '0.1.0';
const UNAVAILABLE = 503;
/** Of the edge itself and of any call on the bus. */
const OF_ALL: readonly ErrorCode[] = ['rate_limited', 'overloaded', 'internal', 'unavailable', 'timeout'];
const TAGS: Readonly<Record<string, string>> = {
  courses: 'A document or a text becomes a course',
  billing: 'Plans and what they entitle to',
  voice: 'Narration: house and cloned voices, speech, batches',
  avatar: 'Presenters on video, moving pictures, painted backgrounds',
  webhooks: 'Calls to your addresses, and calls of vendors to ours',
  mailbox: 'Messages that were sent while no mail vendor is configured',
  ai: 'What language models and local engines do with texts, documents and pictures',
  openai: 'The API of OpenAI’s clients, in front of every vendor',
  integrations: 'Vendors and engines: who there is, how they are, what they cost',
  sandbox: 'Simulated vendors, for trying and testing',
  auth: 'Signing up, in, and by login providers',
  account: 'The signed-in account: its sessions, second factor and identities',
  organizations: 'Members, roles and invitations',
  'api-keys': 'Keys for programs',
  credentials: 'Vendors’ secrets that a tenant brings; written and never read',
  audit: 'What was done, by whom, in a chain of hashes',
  privacy: 'Consents, exports and erasures of personal data (LGPD, GDPR)',
  health: 'How the platform and its parts are',
  files: 'Stored objects by signed, expiring links',
  documents: 'Descriptions of the interfaces',
};

/** The whole public HTTP as OpenAPI 3.1, made of the schemas that check its requests. */
export function buildOpenApiDocument(): JsonSchema {
  const answers: Record<string, z.ZodType> = {};
  for (const { id, success } of OPERATIONS) if (success.schema) answers[id] = success.schema;
  const { components, byOperation } = responseSchemas(answers);
  const paths: Record<string, Record<string, JsonSchema>> = {};
  for (const operation of OPERATIONS) {
    const path = operation.path.replace('*}', '}');
    paths[path] = { ...paths[path], [operation.method.toLowerCase()]: describe(operation, byOperation[operation.id]) };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'TecnoCursos', version: VERSION, license: { name: 'MIT', identifier: 'MIT' },
      description: 'Lesson documents become narrated course videos. Errors are RFC 9457 problem documents with a stable `code`.',
    },
    servers: [{ url: '/' }],
    security: [{ apiKey: [] }, { accessToken: [] }],
    tags: Object.entries(TAGS).map(([name, description]) => ({ name, description })),
    paths,
    components: {
      schemas: components,
      securitySchemes: {
        apiKey: { type: 'http', scheme: 'bearer', bearerFormat: 'tc_live_ or tc_test_, and 43 characters', description: 'An API key of your tenant; what a tc_test_ key calls runs in the sandbox' },
        accessToken: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT', description: 'The access token of a signed-in account, as POST /api/auth/login gives it' },
      },
    },
  };
}

function describe(operation: OperationDefinition, answer: JsonSchema | undefined): JsonSchema {
  const { id, tag, summary, description } = operation;
  const parameters = [
    ...parametersOf('path', operation.params), ...parametersOf('query', operation.query), ...parametersOf('header', operation.headers),
  ];
  const requestBody = requestBodyOf(operation);
  return {
    operationId: id, tags: [tag], summary,
    ...(description !== undefined && { description }),
    ...securityOf(operation),
    ...(parameters.length > 0 && { parameters }),
    ...(requestBody && { requestBody }),
    responses: { [operation.success.status]: successOf(operation, answer), ...problemsOf(operation, answer) },
  };
}

/** `x-required-permission` is what a role or a key must have. */
function securityOf(operation: OperationDefinition): JsonSchema {
  if (isPublic(operation)) return { security: [] };
  if (operation.access === 'account') return { security: [{ accessToken: [] }] };
  return { 'x-required-permission': operation.permission };
}

function parametersOf(place: 'path' | 'query' | 'header', schema: z.ZodObject | undefined): JsonSchema[] {
  if (!schema) return [];
  const { properties = {}, required = [] } = inputSchema(schema) as { properties?: Record<string, JsonSchema>; required?: string[] };
  return Object.entries(properties).map(([name, { description, ...rest }]) => ({
    name: name === '*' ? 'path' : name, in: place, required: place === 'path' || required.includes(name),
    ...(description !== undefined && { description }),
    schema: rest,
  }));
}

function requestBodyOf({ body, form, urlEncoded, requestExample }: OperationDefinition): JsonSchema | undefined {
  if (!body) return undefined;
  const example = requestExample === undefined ? {} : { example: requestExample };
  return {
    required: true,
    content: {
      ...(form && { 'multipart/form-data': { schema: formSchema(form) } }),
      'application/json': { schema: inputSchema(body), ...example },
      ...(urlEncoded && { 'application/x-www-form-urlencoded': { schema: inputSchema(body) } }),
    },
  };
}

function formSchema(form: z.ZodObject): JsonSchema {
  const { properties, required = [], ...rest } = inputSchema(form) as { properties?: JsonSchema; required?: string[] };
  const file = { type: 'string', contentMediaType: 'application/octet-stream', description: 'the document, 50 MB at most' };
  return { ...rest, properties: { file, ...properties }, required: ['file', ...required] };
}

function successOf({ success }: OperationDefinition, answer: JsonSchema | undefined): JsonSchema {
  const { description, contentType, headers, example, stream } = success;
  const json = answer && { 'application/json': { schema: answer, ...(example !== undefined && { example }) } };
  const media = json ? { ...json, ...(stream && { [stream.contentType]: { schema: { type: 'string', description: stream.description } } }) } : contentType && { [contentType]: {} };
  return {
    description,
    ...(headers && { headers: Object.fromEntries(Object.entries(headers).map(([name, meaning]) => [name, { description: meaning, schema: { type: 'string' } }])) }),
    ...(media && { content: media }),
  };
}

function problemsOf(operation: OperationDefinition, answer: JsonSchema | undefined): Record<string, JsonSchema> {
  const reads = operation.params ?? operation.query ?? operation.headers ?? operation.body;
  const codes = new Set<ErrorCode>([
    ...(isPublic(operation) ? [] : (['api_key_missing', 'api_key_invalid', 'token_invalid', 'forbidden'] as const)),
    ...(reads ?? !isPublic(operation) ? (['invalid_request'] as const) : []),
    ...(operation.body ? (['payload_too_large', 'unsupported_media_type'] as const) : []),
    ...(operation.errors ?? []),
    ...OF_ALL,
  ]);
  const byStatus = Map.groupBy(codes, (code) => ERROR_CODES[code].status);
  return Object.fromEntries(
    [...byStatus].map(([status, of]) => [
      status, withUnwell(operation, answer, status, { description: of.map((code) => `\`${code}\``).join(', '), content: { [PROBLEM_CONTENT_TYPE]: { schema: problemSchemaOf(operation) } } }),
    ]),
  );
}

/** Answers of OpenAI's paths have the member that its clients look for. */
const problemSchemaOf = ({ tag }: OperationDefinition): JsonSchema => ({ $ref: `#/components/schemas/${tag === 'openai' ? 'OpenAiProblem' : 'Problem'}` });

interface ProblemResponse extends JsonSchema {
  description: string;
  content: Record<string, JsonSchema>;
}

function withUnwell({ success }: OperationDefinition, answer: JsonSchema | undefined, status: number, response: ProblemResponse): JsonSchema {
  if (success.unwell === undefined || status !== UNAVAILABLE) return response;
  return { description: `${success.unwell}; or ${response.description}`, content: { 'application/json': { schema: answer }, ...response.content } };
}
